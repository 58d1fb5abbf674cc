import "server-only";
import { database, type Transaction } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import type { AccountId } from "../domain/mail.ts";
import { removeMailJobs } from "./mail-jobs.ts";

/**
 * With graphile-worker's backoff (six hours at most between tries) this many tries take years: until Google confirms.
 */
const attempts = 10_000;

/**
 * Puts a job into the queue for the account whose `id` the row holds. They stand in two queues: when Google does not answer
 * revocations, two workers wait for it, and all others go on with mail. Each goes by its own backoff.
 */
const addJob = Prisma.sql`graphile_worker.add_job(
  'destroy-account', json_build_object('accountId', id), queue_name := 'destroy:' || (hashtext(id::text) & 1),
  job_key := 'destroy:' || id, max_attempts := ${attempts}::int, run_at := now() + interval '5 seconds'
)`;

/** Puts the job into the queue in the transaction that blocks the account: neither happens without the other. */
export async function scheduleDestruction(tx: Transaction, accountId: AccountId): Promise<void> {
  await removeMailJobs(tx, accountId);
  await tx.$executeRaw`SELECT ${addJob} FROM (SELECT ${accountId}::uuid AS id) account`;
}

/** Gives every account that waits for Google a job, if it has none. */
export async function scheduleWaitingDestructions(): Promise<void> {
  await database().$executeRaw`
    SELECT ${addJob} FROM "Account"
    WHERE state = 'DISCONNECTED' AND NOT EXISTS (
      SELECT 1 FROM graphile_worker.jobs WHERE key = 'destroy:' || "Account".id
    )`;
}
