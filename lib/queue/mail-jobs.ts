import "server-only";
import { database, type Transaction } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import type { AccountId } from "../domain/mail.ts";

/**
 * Work on the copy of a mailbox, put into the queue. Jobs of one account follow each other, in whatever process they
 * run; one that waits already is not doubled; an account that may not be used gets none.
 */
export interface MailJob {
  readonly task: "sync-mailbox" | "fill-mailbox" | "index-mailbox" | "show-rows";
  readonly accountId: AccountId;
  /** Milliseconds from now. */
  readonly delayMs?: number;
}

/** A lower number is taken first: rows that somebody waits for, then following, then filling, then what an update left to do. */
const priorities = { "show-rows": -10, "sync-mailbox": 0, "fill-mailbox": 10, "index-mailbox": 20 } as const;

/** Queues by account: `show-rows` has one of its own, so that it does not wait for the other jobs. */
const queues = {
  "show-rows": "rows:",
  "sync-mailbox": "mailbox:",
  "fill-mailbox": "mailbox:",
  "index-mailbox": "mailbox:",
} as const;

/** Eight tries take a quarter of an hour with graphile-worker's backoff; after that the schedule begins anew. */
const attempts = 8;

/** Puts a job into the queue for each row of `wanted`, which holds an `id` of an account. The earlier moment wins. */
const addJob = ({ task, queue, delayMs, priority }: Readonly<Record<JobColumn, Prisma.Sql>>) =>
  Prisma.sql`graphile_worker.add_job(
    ${task}, json_build_object('accountId', wanted.id), queue_name := ${queue} || wanted.id,
    run_at := LEAST(now() + ${delayMs} * interval '1 millisecond',
      (SELECT waiting.run_at FROM graphile_worker.jobs AS waiting
        WHERE waiting.key = ${task} || ':' || wanted.id AND waiting.locked_at IS NULL)),
    max_attempts := ${attempts}::int, job_key := ${task} || ':' || wanted.id, priority := ${priority}
  )`;

type JobColumn = "task" | "queue" | "delayMs" | "priority";

export async function enqueueMailJob(
  tx: Transaction,
  { task, accountId, delayMs = 0 }: MailJob,
): Promise<void> {
  // Disconnecting waits for this lock on the account's row, so no job is added after it.
  await tx.$executeRaw`
    WITH wanted AS (
      SELECT id FROM "Account" WHERE id = ${accountId}::uuid AND state = 'ACTIVE' FOR SHARE
    )
    SELECT ${addJob({
      task: Prisma.sql`${task}`,
      queue: Prisma.sql`${queues[task]}`,
      delayMs: Prisma.sql`${delayMs}::int`,
      priority: Prisma.sql`${priorities[task]}::int`,
    })} FROM wanted`;
}

/** Removes an account's jobs that wait in the queue. */
export async function removeMailJobs(tx: Transaction, accountId: AccountId): Promise<void> {
  for (const task of Object.keys(priorities)) {
    await tx.$executeRaw`SELECT graphile_worker.remove_job(${`${task}:${accountId}`})`;
  }
}

/** Most accounts that get a job in one run of the schedule; others get theirs in the next. */
const atOnce = 5_000;

/** How far a run of the schedule looks ahead, in ms: a little further than to its next run, a minute later. */
const aheadMs = 75_000;

/** Jobs that are overdue, as after an outage, are spread over this time, in ms. */
const spreadMs = 45_000;

/**
 * Puts jobs into the queue for every account that is due before the next run, each at its own moment: a copy is brought
 * into step, filled on, or begun.
 */
export async function enqueueDueMailJobs(): Promise<void> {
  await database().$executeRaw`
    WITH due AS (
      SELECT a.id, m."accountId" IS NOT NULL AS begun, m."filledAt" IS NOT NULL AS filled,
        m."indexedAt" IS NOT NULL AS indexed,
        CASE WHEN m."dueAt" > now() THEN 1000 * extract(epoch FROM m."dueAt" - now())
          ELSE random() * ${spreadMs}::int END AS "inMs"
      FROM "Account" a LEFT JOIN "Mirror" m ON m."accountId" = a.id
      WHERE a.state = 'ACTIVE' AND (
        m."dueAt" <= now() + ${aheadMs}::int * interval '1 millisecond' OR m."accountId" IS NULL AND a."connectedAt" < now() - interval '1 minute'
      )
      ORDER BY m."dueAt" NULLS FIRST LIMIT ${atOnce} FOR SHARE OF a
    ), later AS (
      UPDATE "Mirror" SET "dueAt" = now() + interval '14 minutes' FROM due WHERE "accountId" = due.id
    ), wanted AS (
      SELECT id, "inMs", 'sync-mailbox' AS task, ${priorities["sync-mailbox"]}::int AS priority FROM due WHERE begun
      UNION ALL
      SELECT id, "inMs", 'fill-mailbox', ${priorities["fill-mailbox"]}::int FROM due WHERE NOT filled
      UNION ALL
      SELECT id, "inMs", 'index-mailbox', ${priorities["index-mailbox"]}::int FROM due WHERE begun AND NOT indexed
    )
    SELECT ${addJob({
      task: Prisma.sql`wanted.task`,
      queue: Prisma.sql`'mailbox:'`,
      delayMs: Prisma.sql`wanted."inMs"`,
      priority: Prisma.sql`wanted.priority`,
    })} FROM wanted`;
}

/** How long a job may work before it goes back into the queue, and whether it is still wanted at all. */
export interface TimeSlice {
  readonly signal: AbortSignal;
  isOver(): boolean;
}

/** What the work of a time slice has come to. */
export type Step =
  | { readonly done: true }
  /** There is more to do, in so many milliseconds. */
  | { readonly done: false; readonly waitMs: number };

export function timeSlice(lengthMs: number, signal: AbortSignal): TimeSlice {
  const endsAt = performance.now() + lengthMs;
  return { signal, isOver: () => signal.aborted || performance.now() >= endsAt };
}
