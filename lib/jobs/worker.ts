import "server-only";
import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type Runner, run, type WorkerEvents } from "graphile-worker";
import pg from "pg";
import { connectionOptions, partFromAll } from "../db/connection.ts";
import { missingMigrations } from "../db/schema-state.ts";
import { env } from "../env.ts";
import { enqueueOnce } from "../queue/enqueue-once.ts";
import { instance } from "../telemetry/instance.ts";
import { log, messageOf } from "../telemetry/log.ts";
import { graphileLogger } from "./graphile-logger.ts";
import { type LivingWorkers, watchOverWorkers } from "./living-workers.ts";
import { crontab, type TaskName, taskList } from "./tasks.ts";

/** How long jobs may go on when this process is to end, in ms; after that they are told to hand back what they hold. */
const patienceMs = 4_000;

interface RunningWorker {
  /** Lets jobs finish, or hand back what they hold. */
  stop(): Promise<void>;
}

/** Works on the queue in this process, as soon as it can. With WORKER_CONCURRENCY=0 this instance only serves. */
export function startWorker(): RunningWorker | null {
  if (env().WORKER_CONCURRENCY === 0) return null;
  const state: State = { pool: null, ending: new AbortController(), waiting: new AbortController() };
  instance().worker = "starting";
  const living = watchOverWorkers({
    onThere: () => state.waiting.abort(),
    onReturn: () => {
      letGo(state);
      state.waiting.abort();
    },
  });
  const keptUp = keepUp(state, living);
  return {
    stop: async () => {
      state.ending.abort();
      state.waiting.abort();
      letGo(state);
      await keptUp;
      await living.close();
    },
  };
}

interface Pool {
  readonly id: string;
  readonly runner: Runner;
  readonly connections: pg.Pool;
}

interface State {
  pool: Pool | null;
  readonly ending: AbortController;
  /** Fires when the database is there again: it ends the wait between two tries. */
  waiting: AbortController;
}

/**
 * Ends a pool. When the database was away, a job may have ended without a word to the queue, and would be locked for
 * hours; so the pool ends, its jobs are handed back, and another pool begins.
 */
function letGo({ pool }: State): void {
  // The pool may have ended by itself already; its promise tells why.
  pool?.runner.stop().catch(() => {});
}

/** Milliseconds before the next try to begin: longer each time, ten seconds at most. */
const againAfterMs = (failures: number): number => Math.min(1_000 * 2 ** failures, 10_000);

/** A pool that worked for this long has not failed to begin, in ms. */
const settledMs = 30_000;

/** A pool that cannot begin, or whose database is away for long, gives up; another is begun until this process ends. */
async function keepUp(state: State, living: LivingWorkers): Promise<void> {
  const { signal } = state.ending;
  let failures = 0;
  while (!signal.aborted) {
    const begunMs = performance.now();
    try {
      state.pool = await startPool(living);
      instance().worker = "working";
      await sweepOnce();
      if (signal.aborted) letGo(state);
      await state.pool.runner.promise;
      // It was let go, and another begins.
      instance().worker = "starting";
    } catch (error) {
      instance().worker = "stopped";
      log.error(
        { event: "worker.stopped", error: messageOf(error), failures },
        "the job worker stopped, and is begun again",
      );
    }
    await retire(state, living);
    failures = performance.now() - begunMs > settledMs ? 0 : failures + 1;
    state.waiting = new AbortController();
    const wait = AbortSignal.any([signal, state.waiting.signal]);
    await sleep(againAfterMs(failures - 1), undefined, { signal: wait }).catch(() => {});
  }
}

/** Has all accounts judged again: this process may have been started with other lists of who may be here. */
async function sweepOnce(): Promise<void> {
  try {
    await enqueueOnce("sweep-admission" satisfies TaskName);
  } catch (error) {
    log.warn(
      { event: "admission.sweep.postponed", error: messageOf(error) },
      "admission is looked through by the schedule alone",
    );
  }
}

/** Ends a pool and waits until nothing of it works any more; then its jobs can be handed back. */
async function retire(state: State, living: LivingWorkers): Promise<void> {
  const { pool } = state;
  if (!pool) return;
  letGo(state);
  await pool.runner.promise.catch(() => {});
  await living.retire(pool.id);
  state.pool = null;
  await partFromAll(pool.connections);
}

/** Queries of the queue are small: a database that takes longer is away. */
const queueTimeoutMs = 20_000;

/** @throws Error when the tables are not there: only `npm run migrate` makes them, never an instance by itself */
async function startPool(living: LivingWorkers): Promise<Pool> {
  const missing = await missingMigrations();
  if (missing.length > 0) throw new Error(`the database lacks ${missing.length} migrations: npm run migrate`);
  const concurrency = env().WORKER_CONCURRENCY;
  const events: WorkerEvents = new EventEmitter();
  const named = Promise.withResolvers<string>();
  events.on("pool:create", ({ workerPool }) => {
    living.announce(workerPool.id);
    named.resolve(workerPool.id);
  });
  const connections = new pg.Pool({
    ...connectionOptions("queue"),
    max: concurrency + 2,
    query_timeout: queueTimeoutMs,
  });
  connections.on("error", (error) =>
    log.warn(
      { event: "database.connection.lost", error: error.message },
      "a connection of the queue was lost",
    ),
  );
  // An error of a connection in use reaches whoever waits for its query.
  connections.on("connect", (client) => client.on("error", () => {}));
  const begun = run({
    pgPool: connections,
    concurrency,
    pollInterval: 2_000,
    gracefulShutdownAbortTimeout: patienceMs,
    // The server decides when to end; see instrumentation.ts.
    noHandleSignals: true,
    taskList,
    crontab,
    logger: graphileLogger,
    events,
  });
  try {
    return { runner: await begun, id: await named.promise, connections };
  } catch (error) {
    await partFromAll(connections);
    throw error;
  }
}
