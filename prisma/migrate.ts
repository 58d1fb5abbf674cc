/** What `npm run migrate` does. The book-keeping table is Prisma's own, so `prisma migrate deploy` stays interchangeable. */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runMigrations } from "graphile-worker";
import pg from "pg";
import { engineName, withSchemaEngine } from "./schema-engine.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const migrationsDirectory = join(here, "migrations");
const filters = { externalTables: [], externalEnums: [] };

async function migrationNames(): Promise<string[]> {
  const entries = await readdir(migrationsDirectory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function migrationsList() {
  const migrationDirectories = await Promise.all(
    (await migrationNames()).map(async (path) => {
      const value = await readFile(join(migrationsDirectory, path, "migration.sql"), "utf8");
      return { path, migrationFile: { path: "migration.sql", content: { tag: "ok", value } } };
    }),
  );
  return {
    baseDir: migrationsDirectory,
    lockfile: {
      path: "migration_lock.toml",
      content: await readFile(join(migrationsDirectory, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories,
  };
}

const readSchema = () => readFile(join(here, "schema.prisma"), "utf8");

/** The right to make tables, and the queue's own schema beside them. @throws MigrationRefused */
async function requireRights(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ role: string; database: string; tables: boolean; schemas: boolean }>(
    `SELECT current_user AS role, current_database() AS database,
       has_schema_privilege(current_schema(), 'CREATE') AS tables,
       has_database_privilege(current_database(), 'CREATE') OR to_regnamespace('graphile_worker') IS NOT NULL AS schemas`,
  );
  const [may] = rows;
  if (!may) return;
  const lacks = [
    ...(may.tables ? [] : [`GRANT CREATE ON SCHEMA public TO "${may.role}";`]),
    ...(may.schemas ? [] : [`GRANT CREATE ON DATABASE "${may.database}" TO "${may.role}";`]),
  ];
  if (lacks.length > 0)
    throw new MigrationRefused(
      `"${may.role}" may not make what migrations make. As the database's owner:\n  ${lacks.join("\n  ")}`,
    );
}

/** Said as it is: no stack, no more words. */
export class MigrationRefused extends Error {}

/** Any number; the same for everybody who migrates this database. */
const oneAtATime = "SELECT pg_advisory_lock(hashtextextended('latchkey-migrate', 0))";

/** Prisma's own lock, which `prisma migrate deploy` holds, and the connections that our engine works on. */
const othersAtWork = `SELECT NOT pg_try_advisory_lock(72707369) OR EXISTS (
    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = '${engineName}'
  ) AS busy`;

/** One that was killed may still be at work in PostgreSQL: its row in the book is not to be taken for a failed one's. */
async function requireAlone(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ busy: boolean }>(othersAtWork);
  await client.query("SELECT pg_advisory_unlock_all()");
  await client.query(oneAtATime);
  if (rows[0]?.busy)
    throw new MigrationRefused(
      "Another migration of this database is still at work: try again when it has ended.",
    );
}

/**
 * A migration runs as one transaction. One that was stopped has left nothing behind but its row in the book, which would stop
 * every one that comes after.
 */
const forgetFailed = `DO $$ BEGIN
  IF to_regclass('"_prisma_migrations"') IS NOT NULL THEN
    UPDATE "_prisma_migrations" SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL;
  END IF;
END $$`;

/**
 * Applies the migrations that the database lacks and returns their names, oldest first. The queue's own tables,
 * in a schema of their own, are brought up to date with them. Whoever migrates at the same time waits, and finds it done.
 * @throws MigrationRefused when the role lacks a right
 */
export async function deploy(connectionString: string): Promise<string[]> {
  const client = new pg.Client({
    connectionString,
    application_name: "latchkey migrate, one at a time",
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => {}); // Whatever is asked next says so.
  await client.connect();
  try {
    await client.query(oneAtATime);
    await requireRights(client);
    await requireAlone(client);
    await client.query(forgetFailed);
    const list = await migrationsList();
    const { appliedMigrationNames } = await withSchemaEngine(connectionString, await readSchema(), (engine) =>
      engine.applyMigrations({ migrationsList: list, filters }),
    );
    await runMigrations({ connectionString });
    return appliedMigrationNames;
  } finally {
    await client.end();
  }
}

/**
 * The SQL that leads from the schema as the last migration left it (kept beside it) to the schema of today.
 * Compared as texts, since Prisma's engine on WebAssembly cannot read PostgreSQL 18's catalogue yet; it wants a
 * server to speak to all the same.
 */
export async function diff(connectionString: string): Promise<{ sql: string; schema: string }> {
  const schema = await readSchema();
  const last = (await migrationNames()).at(-1);
  const before = last && (await readFile(join(migrationsDirectory, last, "schema.prisma"), "utf8"));
  const { stdout } = await withSchemaEngine(connectionString, schema, (engine) =>
    engine.diff({
      from: before
        ? { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: before }] }
        : { tag: "empty" },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: schema }] },
      shadowDatabaseUrl: null,
      script: true,
      exitCode: null,
      filters,
    }),
  );
  return { sql: stdout ?? "", schema };
}

export async function writeMigration(connectionString: string, name: string): Promise<string> {
  const stamp = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const directory = join(migrationsDirectory, `${stamp}_${name}`);
  const { sql, schema } = await diff(connectionString);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, "migration.sql"), sql);
  await writeFile(join(directory, "schema.prisma"), schema);
  return directory;
}
