import "server-only";
import pg from "pg";
import { perProcess } from "../domain/per-process.ts";
import { connectionOptions, giveUpWhenSilent, timeEachUse } from "./connection.ts";
import { build } from "./generated/build.ts";

// A connection of its own: that all connections for pages are busy says nothing of the database.
const pool = perProcess("health", () => {
  const pool = new pg.Pool({
    ...connectionOptions("health"),
    connectionTimeoutMillis: 1_500,
    max: 1,
    onConnect: async (client) => giveUpWhenSilent(client, "health"),
  });
  pool.on("error", () => {}); // The next look finds out.
  timeEachUse(pool, "health");
  return pool;
});

/** The question that is under way. */
const looking = perProcess("look", () => ({ look: look().finally(() => looking.take()) }));

/**
 * The migrations of this build that the database lacks. It may have others: those of a newer build. Callers at the same
 * time share one question.
 * @throws Error when the database does not answer, after three seconds at most
 */
export function missingMigrations(): Promise<string[]> {
  return looking().look;
}

async function look(): Promise<string[]> {
  const applied = await appliedMigrations();
  return build.migrations.filter((name) => !applied.has(name));
}

/** PostgreSQL's word for a table that is not there. @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const undefinedTable = "42P01";

/** Names of the migrations that were applied: Prisma's, and those of the queue as `queue/…`. */
async function appliedMigrations(): Promise<Set<string>> {
  try {
    const { rows } = await pool().query<{ name: string }>(
      `SELECT migration_name AS name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL
       UNION ALL SELECT 'queue/' || id FROM graphile_worker.migrations`,
    );
    return new Set(rows.map(({ name }) => name));
  } catch (error) {
    if ((error as { code?: unknown }).code === undefinedTable) return new Set();
    throw error;
  }
}

export async function closeHealth(): Promise<void> {
  await pool.take()?.end();
}
