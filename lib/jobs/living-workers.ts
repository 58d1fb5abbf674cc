import "server-only";
import type pg from "pg";
import { connectForever } from "../db/reconnecting-connection.ts";
import { log, messageOf } from "../telemetry/log.ts";

/**
 * The queue keeps a killed worker's jobs for hours, since it cannot know that nobody works on them. Each pool of workers
 * (a job carries the name of the pool) holds a lock with its name for as long as its process lives; jobs of a name whose
 * lock is free are handed back.
 */
export interface LivingWorkers {
  announce(poolId: string): void;
  /** A pool has come to its end: what still carries its name is handed back. */
  retire(poolId: string): Promise<void>;
  close(): Promise<void>;
}

const sweepEveryMs = 5_000;

/** A pool that has just begun may not have its lock yet. */
const graceSeconds = 2;

const lockOf = "hashtextextended('latchkey-pool:' || $1, 0)";

export interface WatchOptions {
  /** Called when the database is there for the first time. */
  readonly onThere: () => void;
  /** Called when it is back after it was lost: what a pool could not write meanwhile is unknown. */
  readonly onReturn: () => void;
}

/** Looks for a connection to hold locks with, and goes on looking. */
export function watchOverWorkers({ onThere, onReturn }: WatchOptions): LivingWorkers {
  const mine = new Set<string>();
  const heldBy = new WeakMap<pg.Client, Set<string>>();
  const hold = async (client: pg.Client) => {
    const held = heldBy.get(client) ?? new Set();
    heldBy.set(client, held);
    for (const poolId of [...mine].filter((id) => !held.has(id))) {
      await client.query(`SELECT pg_advisory_lock(${lockOf})`, [poolId]);
      held.add(poolId);
    }
  };
  const begun = Promise.withResolvers<void>();
  let connections = 0;
  const connection = connectForever("workers", async (client) => {
    await hold(client);
    connections += 1;
    if (connections > 1) return onReturn();
    begun.resolve();
    onThere();
  });
  // Queries of one connection run one after the other.
  let before: Promise<void> = begun.promise.then(() => void look());
  const next = (what: (client: pg.Client) => Promise<unknown>): Promise<void> => {
    before = before.then(async () => {
      const client = connection.current();
      if (!client) return;
      try {
        await what(client);
      } catch (error) {
        // The next sweep, on this connection or on another, does it.
        log.warn({ event: "workers.sweep.failed", error: messageOf(error) }, "workers were not looked after");
      }
    });
    return before;
  };
  const look = () =>
    next(async (client) => {
      await hold(client);
      await handBackJobsOfTheDead(client, mine);
    });
  const timer = setInterval(() => void look(), sweepEveryMs).unref();
  return {
    announce: (poolId) => {
      mine.add(poolId);
      void next(hold);
    },
    retire: (poolId) => {
      mine.delete(poolId);
      return next((client) => handBack(client, [poolId]));
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
  for (const { locked_by: poolId } of rows) {
    if (mine.has(poolId)) continue;
    const { rows: tried } = await client.query(`SELECT pg_try_advisory_lock(${lockOf}) AS free`, [poolId]);
    if (!tried[0]?.free) continue;
    await client.query(`SELECT pg_advisory_unlock(${lockOf})`, [poolId]);
    dead.push(poolId);
  }
  if (dead.length === 0) return;
  log.warn({ event: "jobs.returned", workers: dead.length }, "jobs of workers that are gone are handed back");
  await handBack(client, dead);
}

const handBack = (client: pg.Client, poolIds: readonly string[]) =>
  client.query("SELECT graphile_worker.force_unlock_workers($1::text[])", [poolIds]);
