import { readdir, readFile } from "node:fs/promises";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { createTestDatabase, serverVariable } from "#dev/testbed/database.ts";
import { deploy, diff } from "./migrate.ts";

const read = (path: string) => readFile(new URL(path, import.meta.url), "utf8");

async function migrationNames(): Promise<string[]> {
  const entries = await readdir(new URL("./migrations/", import.meta.url), { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).toSorted();
}

/** A database without anything in it. */
async function emptyDatabase(): Promise<string> {
  const server = process.env[serverVariable] ?? "";
  const name = `empty_${crypto.randomUUID().replaceAll("-", "")}`;
  await query(server, `CREATE DATABASE ${name}`);
  onTestFinished(async () => {
    await query(server, `DROP DATABASE ${name} WITH (FORCE)`);
  });
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.toString();
}

async function query(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("an empty database gets every migration in order, and the second time none", async () => {
  const url = await emptyDatabase();
  expect(await deploy(url)).toEqual(await migrationNames());
  expect(await deploy(url)).toEqual([]);
  const applied = await query(url, 'SELECT migration_name FROM "_prisma_migrations" ORDER BY migration_name');
  expect(applied.map((row) => row.migration_name)).toEqual(await migrationNames());
});

test("what is stored stays when the migrations run again", async () => {
  const url = await emptyDatabase();
  await deploy(url);
  await query(url, `INSERT INTO "User" (id, email) VALUES (gen_random_uuid(), 'maya@example.org')`);
  await deploy(url);
  expect(await query(url, 'SELECT email FROM "User"')).toEqual([{ email: "maya@example.org" }]);
});

test("the queue has its own schema beside the tables", async () => {
  const url = await emptyDatabase();
  await deploy(url);
  const schemas = await query(url, "SELECT schema_name FROM information_schema.schemata");
  expect(schemas.map((row) => row.schema_name)).toContain("graphile_worker");
});

test("no connection is left open: a template must have none", async () => {
  const url = await emptyDatabase();
  await deploy(url);
  const open = await query(
    process.env[serverVariable] ?? "",
    `SELECT application_name FROM pg_stat_activity WHERE datname = '${new URL(url).pathname.slice(1)}'`,
  );
  expect(open).toEqual([]);
});

test("no migration has been forgotten: the last one's schema is the schema of today", async () => {
  const last = (await migrationNames()).at(-1);
  expect(await read(`./migrations/${last}/schema.prisma`)).toBe(await read("./schema.prisma"));
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  expect((await diff(database.url)).sql).toMatch(/^(-- This is an empty migration\.\s*)?$/);
});

test("every model of the schema has its table, with its columns", async () => {
  const url = await emptyDatabase();
  await deploy(url);
  const schema = await read("./schema.prisma");
  const models = [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)];
  const names = new Set(models.map(([, name]) => name));
  const expected = models.flatMap(([, table, body = ""]) =>
    [...body.matchAll(/^ {2}(\w+) +(\w+)/gm)]
      .filter(([, , type]) => !names.has(type))
      .map(([, column]) => `${table}.${column}`),
  );
  const columns = await query(
    url,
    `SELECT table_name, column_name FROM information_schema.columns
     JOIN pg_class ON oid = format('%I.%I', table_schema, table_name)::regclass
     WHERE table_schema = 'public' AND NOT relispartition`,
  );
  const actual = columns
    .filter((row) => row.table_name !== "_prisma_migrations")
    .map((row) => `${row.table_name}.${row.column_name}`);
  expect(actual.toSorted()).toEqual(expected.toSorted());
});
