/**
 * `npm run migrate` applies what is missing; `npm run migrate -- diff <name>` writes the next migration from the schema.
 */
import { databaseEnv, EnvironmentError } from "../lib/env.ts";
import { loadEnvFile } from "../lib/server/load-env-file.ts";
import { deploy, MigrationRefused, writeMigration } from "./migrate.ts";
import { migrationTrouble } from "./migrate-words.ts";

async function main([command = "deploy", name]: string[]): Promise<void> {
  if (command === "diff" && name) {
    console.log(`Wrote ${await writeMigration(databaseAddress(), name)}.`);
  } else if (command === "deploy") {
    const applied = await deploy(databaseAddress());
    console.log(applied.length ? `Applied ${applied.join(", ")}.` : "The database is up to date.");
  } else {
    throw new MigrationRefused("Usage: npm run migrate [-- diff <name>]");
  }
}

/** Migrations hold a lock of their session: they go past a pooler, where there is one. */
function databaseAddress(): string {
  const { DATABASE_URL, DATABASE_DIRECT_URL } = databaseEnv(process.env);
  return DATABASE_DIRECT_URL ?? DATABASE_URL;
}

loadEnvFile();
try {
  await main(process.argv.slice(2));
} catch (error) {
  const isSaid = error instanceof MigrationRefused || error instanceof EnvironmentError;
  console.error(isSaid ? error.message : migrationTrouble(error, databaseAddress()));
  process.exitCode = 1;
}
// Connections of what only reads the queue's migrations stay open for a while, for nothing.
process.exit();
