import "server-only";
import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type JobHelpers,
  makeWorkerUtils,
  type Runner,
  run,
  type Task,
  type WorkerEvents,
} from "graphile-worker";
import { z } from "zod";
import { asJob } from "../db/as-job.ts";
import { database } from "../db/client.ts";
import { connectionAddress } from "../db/connection.ts";
import { missingMigrations } from "../db/schema-state.ts";
import type { AccountId } from "../domain/mail.ts";
import { env } from "../env.ts";
import { instance } from "../telemetry/instance.ts";
import { log, messageOf } from "../telemetry/log.ts";
import { sweepAdmission } from "../use-cases/accounts/sweep-admission.ts";
import { destroyAccount, destroyWaitingAccounts, jobDeadlineMs } from "../use-cases/destroy-account.ts";
import { type MailJob, wantDueMailJobs } from "../use-cases/mail-jobs.ts";
import { rollUp } from "../use-cases/metrics/roll-up.ts";
import { sweepSessions } from "../use-cases/sessions.ts";
import { sweepKept } from "../use-cases/sweep-kept.ts";
import { workOnMailbox } from "../use-cases/work-on-mailbox.ts";
import { graphileLogger } from "./graphile-logger.ts";
import { type LivingWorkers, watchOverWorkers } from "./living-workers.ts";

const accountPayload = z.object({ accountId: z.uuid().transform((id) => id as AccountId) });

const accountOf = (payload: unknown): AccountId => accountPayload.parse(payload).accountId;

const onMailbox = (task: MailJob["task"]) => (payload: unknown, helpers: JobHelpers) =>
  workOnMailbox({ task, accountId: accountOf(payload) }, helpers.abortSignal);

const tasks = {
  "destroy-account": async (payload: unknown, { abortSignal: signal }: JobHelpers) =>
    destroyAccount(accountOf(payload), { deadlineMs: jobDeadlineMs, signal }),
  "destroy-waiting-accounts": async () => destroyWaitingAccounts(),
  "sync-mailbox": onMailbox("sync-mailbox"),
  "fill-mailbox": onMailbox("fill-mailbox"),
  "show-rows": onMailbox("show-rows"),
  "want-due-mail-jobs": async () => wantDueMailJobs(),
  "sweep-admission": async () => sweepAdmission(),
  "sweep-sessions": async () => sweepSessions(),
  "sweep-kept": async () => sweepKept(),
  "sweep-queues": async () => sweepQueues(),
  "roll-up": async () => rollUp(),
};

const overOwnConnections =
  (task: Task): Task =>
  (payload, helpers) =>
    asJob(async () => task(payload, helpers));

/** Names of queues of accounts that have no job any more. */
async function sweepQueues(): Promise<void> {
  const utils = await makeWorkerUtils({
    connectionString: connectionAddress("queue"),
    logger: graphileLogger,
  });
  try {
    await utils.cleanup({ tasks: ["GC_JOB_QUEUES"] });
  } finally {
    await utils.release();
  }
}

const crontab = `
* * * * * destroy-waiting-accounts
* * * * * want-due-mail-jobs
* * * * * roll-up
*/10 * * * * sweep-admission
17 * * * * sweep-sessions
27 * * * * sweep-kept
37 * * * * sweep-queues
`;

/** When this process is to end, jobs have so long to finish; then they are told to hand back what they hold. */
const patienceMs = 4_000;

interface RunningWorker {
  /** Lets jobs finish, or hand back what they hold. */
  stop(): Promise<void>;
}

/** Works on the queue in this process, as soon as it can. With WORKER_CONCURRENCY=0 this instance only serves. */
export function startWorker(): RunningWorker | null {
  if (env().WORKER_CONCURRENCY === 0) return null;
  const state: State = { pool: null, ending: new AbortController() };
  instance().worker = "starting";
  const living = watchOverWorkers(() => letGo(state));
  const keptUp = keepUp(state, living);
  return {
    stop: async () => {
      state.ending.abort();
      letGo(state);
      await keptUp;
      await living.close();
    },
  };
}

/** Puts a job without a payload into the queue; one that waits there already is enough. */
async function enqueueOnce(task: keyof typeof tasks): Promise<void> {
  await database().$executeRaw`SELECT graphile_worker.add_job(${task}, job_key := ${task})`;
}

interface Pool {
  readonly id: string;
  readonly runner: Runner;
}

interface State {
  pool: Pool | null;
  readonly ending: AbortController;
}

/**
 * When the database was away, a job may have ended without a word to the queue, and would be locked for hours. The pool
 * ends, what carries its name is handed back, and another pool begins.
 */
function letGo({ pool }: State): void {
  pool?.runner.stop().catch((error: unknown) => {
    log.warn({ error: messageOf(error) }, "a pool of workers did not end in good order");
  });
}

/** Between tries to begin: longer each time, up to half a minute. */
const againAfterMs = (failures: number): number => Math.min(1_000 * 2 ** failures, 30_000);

/** A pool that cannot begin, or whose database is away for long, gives up; another is begun until this process ends. */
async function keepUp(state: State, living: LivingWorkers): Promise<void> {
  const { signal } = state.ending;
  let failures = 0;
  while (!signal.aborted) {
    try {
      state.pool = await startPool(living);
      failures = 0;
      instance().worker = "working";
      // Who may be here may have changed with the environment that this process was started with.
      await enqueueOnce("sweep-admission");
      if (signal.aborted) await state.pool.runner.stop();
      await state.pool.runner.promise;
    } catch (error) {
      log.error({ error: messageOf(error), failures }, "the job worker stopped, and is begun again");
    }
    instance().worker = "stopped";
    if (state.pool) await living.retire(state.pool.id);
    state.pool = null;
    // An end of this process ends the wait, and the loop.
    await sleep(againAfterMs(failures), undefined, { signal }).catch(() => {});
    failures += 1;
  }
}

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
  const runner = await run({
    connectionString: connectionAddress("queue"),
    concurrency,
    maxPoolSize: concurrency + 2,
    pollInterval: 2_000,
    gracefulShutdownAbortTimeout: patienceMs,
    // The server decides when to end; see instrumentation.ts.
    noHandleSignals: true,
    taskList: Object.fromEntries(
      Object.entries(tasks).map(([name, task]) => [name, overOwnConnections(task)]),
    ),
    crontab,
    logger: graphileLogger,
    events,
  });
  return { id: await named.promise, runner };
}
