import pg from "pg";
import { ToolError } from "./postgres-tools.ts";

/** The database that drills restore to; no other data belongs there. */
const drillDatabase = "latchkey_drill";

/** @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const codes = {
  insufficientPrivilege: "42501",
  objectInUse: "55006",
  duplicateDatabase: "42P04",
  uniqueViolation: "23505",
  noSuchDatabase: "3D000",
  noSuchTable: "42P01",
} as const;

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;

/** The address of another database on the server of this address. */
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
  client.on("error", () => {}); // What is asked next says so.
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/**
 * Runs SQL about databases (CREATE, DROP): over a connection to ours or, where that one is lost, to `postgres`, which
 * every server has.
 */
async function order(connectionString: string, sql: string): Promise<void> {
  try {
    await ask(connectionString, sql);
  } catch (error) {
    if (codeOf(error) !== codes.noSuchDatabase) throw error;
    await ask(beside(connectionString, "postgres"), sql);
  }
}

/**
 * Makes an empty database beside the one of that address, gives its address to `work`, and removes it.
 * @throws ToolError when the role may not make one, or another drill is under way
 */
export async function withDrillDatabase<Result>(
  connectionString: string,
  work: (address: string) => Promise<Result>,
): Promise<Result> {
  try {
    // A drill that was killed may have left its database behind.
    await order(connectionString, `DROP DATABASE IF EXISTS "${drillDatabase}"`);
    await order(connectionString, `CREATE DATABASE "${drillDatabase}" TEMPLATE template0`);
  } catch (error) {
    throw drillTrouble(error, connectionString);
  }
  // A pooler may still hold a connection to it.
  const remove = () => order(connectionString, `DROP DATABASE IF EXISTS "${drillDatabase}" WITH (FORCE)`);
  const result = await work(beside(connectionString, drillDatabase)).catch(async (error: unknown) => {
    await remove().catch((left: unknown) => {
      throw new AggregateError([error, left], `${String(error)}\n${drillDatabase} is left: ${String(left)}`);
    });
    throw error;
  });
  await remove();
  return result;
}

function drillTrouble(error: unknown, connectionString: string): unknown {
  const code = codeOf(error);
  const role = new URL(connectionString).username;
  if (code === codes.insufficientPrivilege)
    return new ToolError(
      `"${role}" may not make a database beside its own. As the server's superuser: ALTER ROLE "${role}" CREATEDB;`,
    );
  if (code === codes.objectInUse || code === codes.duplicateDatabase || code === codes.uniqueViolation)
    return new ToolError(`Another drill is under way: somebody uses the database ${drillDatabase}.`);
  return error;
}

/** Accounts that are connected in a database now; null where there is no such database, or nothing in it. */
export async function accountsIn(connectionString: string): Promise<ReadonlySet<string> | null> {
  try {
    const rows = await ask<{ id: string }>(
      connectionString,
      `SELECT id FROM "Account" WHERE state <> 'DISCONNECTED'`,
    );
    return new Set(rows.map(({ id }) => id));
  } catch (error) {
    const code = codeOf(error);
    if (code === codes.noSuchDatabase || code === codes.noSuchTable) return null;
    throw error;
  }
}
