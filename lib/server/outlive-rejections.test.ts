import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

test("only the queue's rejections, while the database is away, are not a fault; none ends the process", async () => {
  const fixture = fileURLToPath(new URL("./rejecting.fixture.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--conditions=react-server", fixture], {
    env: { ...process.env, LOG_LEVEL: "info" },
  });
  const lines = stdout.trim().split("\n");
  expect(lines).toContain("still here");
  const told = lines
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as { level: number; error: string; faults?: number; origin?: string });
  const [queues, ...ours] = told.toSorted((a, b) => (a.faults ?? 0) - (b.faults ?? 0));
  expect(queues).toMatchObject({ level: 40, error: expect.stringContaining("ECONNREFUSED") });
  expect(ours).toMatchObject([
    {
      level: 50,
      faults: 1,
      error: "Error: ours, with [sealed]",
      origin: expect.stringContaining("rejecting.fixture.ts"),
    },
    { level: 50, faults: 2, error: "Error: not the database's" },
  ]);
});
