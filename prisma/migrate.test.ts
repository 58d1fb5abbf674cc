import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { describe, expect, it, onTestFinished, test } from "vitest";
import { runCommand } from "#dev/testbed/command.ts";
import { createTestDatabase, serverVariable } from "#dev/testbed/database.ts";
import { newId } from "#dev/testbed/named.ts";
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
  const expected = models.flatMap(([, name, body = ""]) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name;
    return [...body.matchAll(/^ {2}(\w+) +(\w+)(?:.*@map\("(\w+)"\))?/gm)]
      .filter(([, , type]) => !names.has(type))
      .map(([, field, , column = field]) => `${table}.${column}`);
  });
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

const command = fileURLToPath(new URL("./migrate.command.ts", import.meta.url));

const npmRunMigrate = (env: Record<string, string>) =>
  runCommand(command, { PATH: process.env.PATH ?? "", NODE_ENV: "production", ...env });

const changed = (url: string, change: (url: URL) => void): string => {
  const other = new URL(url);
  change(other);
  return other.href;
};

test("npm run migrate says what it did, and ends", async () => {
  const url = await emptyDatabase();
  expect(await npmRunMigrate({ DATABASE_URL: url })).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^Applied \d+_\w+/),
  });
  expect(await npmRunMigrate({ DATABASE_URL: url })).toEqual({
    code: 0,
    output: "The database is up to date.\n",
  });
});

describe("npm run migrate says in a sentence what stops it", () => {
  it.each([
    ["nothing set", async () => ({}), "DATABASE_URL: is missing"],
    [
      "an address that npm start refuses",
      async () => ({ DATABASE_URL: "mysql://127.0.0.1/x" }),
      "DATABASE_URL: must be a postgresql:// address",
    ],
    [
      "nobody there",
      async () => ({ DATABASE_URL: "postgresql://someone:hidden-word@127.0.0.1:1/latchkey" }),
      "Nothing listens at 127.0.0.1:1/latchkey: start PostgreSQL, or mend DATABASE_URL.",
    ],
    [
      "an unknown host",
      async () => ({ DATABASE_URL: "postgresql://someone:hidden-word@nowhere.invalid/latchkey" }),
      "The host of nowhere.invalid/latchkey is not known",
    ],
    [
      "no such database",
      async () => ({ DATABASE_URL: changed(await emptyDatabase(), (url) => (url.pathname = "/none-of-it")) }),
      "There is no database",
    ],
    [
      "a database that is somebody else's",
      async () => {
        const url = await emptyDatabase();
        await query(url, 'CREATE TABLE "User" (id int)');
        return { DATABASE_URL: url };
      },
      "holds tables of something else: give Latchkey a database of its own.",
    ],
    [
      "no such right",
      async () => {
        const owned = await emptyDatabase();
        const role = `weak_${newId().replaceAll("-", "")}`;
        await query(owned, `CREATE ROLE ${role} LOGIN PASSWORD 'hidden-word'`);
        onTestFinished(
          async () => void (await query(process.env[serverVariable] ?? "", `DROP ROLE ${role}`)),
        );
        return {
          DATABASE_URL: changed(owned, (url) => {
            url.username = role;
            url.password = "hidden-word";
          }),
        };
      },
      "GRANT CREATE ON SCHEMA public TO",
    ],
  ])("%s", async (_, env, words) => {
    const { code, output } = await npmRunMigrate(await env());
    expect(code).toBe(1);
    expect(output).toContain(words);
    expect(output).not.toMatch(/^\s+at |hidden-word/m);
  });
});

test("a migration that failed says what to do; mended, it goes on, whatever the book says", async () => {
  const url = await emptyDatabase();
  await deploy(url);
  const [migration] = (await migrationNames()).filter((name) => name.endsWith("_roll_ups"));
  // The table that it makes is there already.
  await query(url, `DELETE FROM "_prisma_migrations" WHERE migration_name = '${migration}'`);
  const failed = await npmRunMigrate({ DATABASE_URL: url });
  expect(failed.code).toBe(1);
  expect(failed.output).toContain(`The migration ${migration} failed, and nothing of it was kept.`);
  expect(failed.output).toContain('relation "RollUp" already exists');
  expect(failed.output).not.toMatch(/^\s+at /m);
  await query(url, `DROP TABLE "RollUp"`);
  expect(await npmRunMigrate({ DATABASE_URL: url })).toMatchObject({ code: 0 });
});

test("a migration that fails at its end leaves nothing of its beginning", async () => {
  const url = await emptyDatabase();
  await deploy(url);
  await query(url, `DELETE FROM "_prisma_migrations" WHERE migration_name LIKE '%_conversations'`);
  await query(
    url,
    `ALTER TABLE "MirroredMessage" DROP COLUMN "threadId", DROP COLUMN "senderKey", DROP COLUMN "senderNameKey"`,
  );
  // Its second statement finds a column that is there.
  expect(await npmRunMigrate({ DATABASE_URL: url })).toMatchObject({
    code: 1,
    output: expect.stringContaining('column "indexedTo" of relation "Mirror" already exists'),
  });
  const added = `SELECT 1 FROM information_schema.columns WHERE column_name IN ('threadId', 'senderNameKey')`;
  expect(await query(url, added)).toEqual([]);
  await query(url, `ALTER TABLE "Mirror" DROP COLUMN "indexedTo", DROP COLUMN "indexedAt"`);
  expect(await npmRunMigrate({ DATABASE_URL: url })).toMatchObject({ code: 0 });
});

test("two that migrate at once do it once", async () => {
  const url = await emptyDatabase();
  const both = await Promise.all([
    npmRunMigrate({ DATABASE_URL: url }),
    npmRunMigrate({ DATABASE_URL: url }),
  ]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(both.filter(({ output }) => output === "The database is up to date.\n")).toHaveLength(1);
});
