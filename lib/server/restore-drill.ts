import pg from "pg";
import { ToolError } from "./postgres-tools.ts";

/** Where a drill restores to. A database of this name belongs to drills. */
export const drillDatabase = "latchkey_drill";

const insufficientPrivilege = "42501";
const objectInUse = "55006";

/** The same server, another database. */
function beside(connectionString: string, database: string): string {
  const url = new URL(connectionString);
  url.pathname = `/${database}`;
  return url.href;
}

async function ask<Row extends pg.QueryResultRow>(connectionString: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({
    connectionString,
    application_name: "latchkey command",
    connectionTimeoutMillis: 10_000,
  });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const dropDrill = (connectionString: string) =>
  ask(connectionString, `DROP DATABASE IF EXISTS "${drillDatabase}"`);

/**
 * Makes an empty database beside the one of that address, gives it to `work` by its address, and removes it.
 * @throws ToolError when the role may not, or another drill is under way
 */
export async function withDrillDatabase<Result>(
  connectionString: string,
  work: (address: string) => Promise<Result>,
): Promise<Result> {
  try {
    // What a drill that was killed has left behind.
    await dropDrill(connectionString);
    await ask(connectionString, `CREATE DATABASE "${drillDatabase}" TEMPLATE template0`);
  } catch (error) {
    throw drillTrouble(error, connectionString);
  }
  try {
    return await work(beside(connectionString, drillDatabase));
  } finally {
    await dropDrill(connectionString);
  }
}

function drillTrouble(error: unknown, connectionString: string): unknown {
  const { code } = error as { code?: unknown };
  const role = decodeURIComponent(new URL(connectionString).username);
  if (code === insufficientPrivilege)
    return new ToolError(
      `"${role}" may not make a database beside its own. As the server's superuser: ALTER ROLE "${role}" CREATEDB;`,
    );
  if (code === objectInUse)
    return new ToolError(`Another drill is under way: somebody uses the database ${drillDatabase}.`);
  return error;
}

/** Accounts that are connected in a database now. */
export async function accountsIn(connectionString: string): Promise<ReadonlySet<string>> {
  const rows = await ask<{ id: string }>(
    connectionString,
    `SELECT id FROM "Account" WHERE state <> 'DISCONNECTED'`,
  );
  return new Set(rows.map(({ id }) => id));
}
