import pg from "pg";
import { onTestFinished, vi } from "vitest";

/** Holds what `sql` locks, as another process would, until it is released. Makes a race a sequence. */
export async function hold(sql: string, values: readonly unknown[]): Promise<{ release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  client.on("error", () => {}); // The database may be dropped before the test has finished.
  await client.connect();
  await client.query("BEGIN");
  await client.query(sql, [...values]);
  let released = false;
  const release = async () => {
    if (released) return;
    released = true;
    await client.query("COMMIT");
    await client.end();
  };
  onTestFinished(release);
  return { release };
}

/** Waits until so many transactions of this database wait for a lock. */
export async function untilBlocked(count: number): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    await vi.waitFor(
      async () => {
        const { rows } = await client.query(
          "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        );
        if (rows.length < count) throw new Error(`${rows.length} of ${count} transactions wait for a lock`);
      },
      { timeout: 30_000, interval: 10 },
    );
  } finally {
    await client.end();
  }
}
