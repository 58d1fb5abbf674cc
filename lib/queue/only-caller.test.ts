import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const lib = fileURLToPath(new URL("..", import.meta.url));

test("nobody but this room puts a job into the queue", async () => {
  const files = await readdir(lib, { recursive: true });
  const sources = files.filter((file) => file.endsWith(".ts") && !/\.test\.ts$|generated/.test(file));
  const callers: string[] = [];
  for (const file of sources)
    if (/add_job|addJob\(/.test(await readFile(join(lib, file), "utf8"))) callers.push(file);
  expect(callers.length).toBeGreaterThan(0);
  expect(callers.filter((file) => !file.startsWith("queue/"))).toEqual([]);
});
