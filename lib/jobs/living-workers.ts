import "server-only";
import type pg from "pg";
import { keepConnection } from "../db/kept-connection.ts";
import { log } from "../telemetry/log.ts";

/**
 * The queue keeps a killed worker's jobs for hours, since it cannot know that nobody works on them. Each worker of ours
 * holds a lock with its name for as long as its process lives; jobs of a name whose lock is free are handed back.
 */
export interface LivingWorkers {
  announce(workerId: string): void;
  close(): Promise<void>;
}

const sweepEveryMs = 5_000;

/** A worker that has just begun may not have its lock yet. */
const graceSeconds = 2;

const lockOf = "hashtextextended('latchkey-worker:' || $1, 0)";

export function watchOverWorkers(): LivingWorkers {
  const mine = new Set<string>();
  const hold = (client: pg.Client, workerId: string) =>
    client.query(`SELECT pg_advisory_lock(${lockOf})`, [workerId]);
  const connection = keepConnection(async (client) => {
    for (const workerId of [...mine]) await hold(client, workerId);
    await handBackJobsOfTheDead(client, mine);
  });
  // A connection does one thing at a time.
  let before: Promise<void> = Promise.resolve();
  const next = (what: (client: pg.Client) => Promise<unknown>) => {
    before = before.then(async () => {
      const client = connection.current();
      if (!client) return;
      try {
        await what(client);
      } catch (error) {
        // The next sweep, or the next connection, does it.
        log.warn(
          { error: error instanceof Error ? error.message : "unknown" },
          "workers were not looked after",
        );
      }
    });
  };
  const timer = setInterval(
    () => next((client) => handBackJobsOfTheDead(client, mine)),
    sweepEveryMs,
  ).unref();
  return {
    announce: (workerId) => {
      mine.add(workerId);
      next((client) => hold(client, workerId));
    },
    close: () => {
      clearInterval(timer);
      return connection.close();
    },
  };
}

async function handBackJobsOfTheDead(client: pg.Client, mine: ReadonlySet<string>): Promise<void> {
  const { rows } = await client.query<{ locked_by: string }>(
    `SELECT DISTINCT locked_by FROM graphile_worker.jobs
     WHERE locked_by IS NOT NULL AND locked_at < now() - interval '${graceSeconds} seconds'`,
  );
  const dead: string[] = [];
  for (const { locked_by: workerId } of rows) {
    if (mine.has(workerId)) continue;
    const { rows: tried } = await client.query(`SELECT pg_try_advisory_lock(${lockOf}) AS free`, [workerId]);
    if (!tried[0]?.free) continue;
    await client.query(`SELECT pg_advisory_unlock(${lockOf})`, [workerId]);
    dead.push(workerId);
  }
  if (dead.length === 0) return;
  log.warn({ workers: dead.length }, "jobs of workers that are gone are handed back");
  await client.query("SELECT graphile_worker.force_unlock_workers($1::text[])", [dead]);
}
