/**
 * `npm run migrate` applies what is missing; `npm run migrate -- diff <name>` writes the next migration from the
 * schema. The book-keeping table is Prisma's own, so `prisma migrate deploy` stays interchangeable.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runMigrations } from "graphile-worker";
import { loadEnvFile } from "../lib/server/load-env-file.ts";
import { withSchemaEngine } from "./schema-engine.ts";

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

/**
 * Applies the migrations that the database lacks and returns their names, oldest first. The queue's own tables,
 * in a schema of their own, are brought up to date with them.
 */
export async function deploy(connectionString: string): Promise<string[]> {
  const list = await migrationsList();
  const { appliedMigrationNames } = await withSchemaEngine(connectionString, await readSchema(), (engine) =>
    engine.applyMigrations({ migrationsList: list, filters }),
  );
  await runMigrations({ connectionString });
  return appliedMigrationNames;
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

async function writeMigration(connectionString: string, name: string): Promise<string> {
  const stamp = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const directory = join(migrationsDirectory, `${stamp}_${name}`);
  const { sql, schema } = await diff(connectionString);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, "migration.sql"), sql);
  await writeFile(join(directory, "schema.prisma"), schema);
  return directory;
}

async function main([command = "deploy", name]: string[]): Promise<void> {
  loadEnvFile();
  const connectionString = process.env.DATABASE_URL;
  if (!connectionString) throw new Error("DATABASE_URL is not set: it names the database to migrate.");
  if (command === "diff" && name) {
    console.log(`Wrote ${await writeMigration(connectionString, name)}.`);
  } else if (command === "deploy") {
    const applied = await deploy(connectionString);
    console.log(applied.length ? `Applied ${applied.join(", ")}.` : "The database is up to date.");
  } else {
    throw new Error("Usage: npm run migrate [deploy | diff <name>]");
  }
}

if (import.meta.main) await main(process.argv.slice(2));
