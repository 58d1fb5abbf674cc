import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { database } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import { noteTrouble } from "../../mailbox/copy-head.ts";
import { enqueueMailJob, type MailJob, type Step, timeSlice } from "../../queue/mail-jobs.ts";
import { lackingKey } from "../../vault/credential-store.ts";
import { AccountUnusableError } from "../accounts/usable-account.ts";
import { QuotaPause } from "../google/quota.ts";
import { troubleOf } from "../google/trouble-of.ts";
import { fillMailbox } from "./fill-mailbox.ts";
import { indexMailbox } from "./index-mailbox.ts";
import { tellMailboxState } from "./mailbox-state.ts";
import { showRows } from "./show-rows.ts";
import { syncMailbox } from "./sync-mailbox.ts";

/** How long a job works, in ms, before it goes to the end of the queue and the account's other job has its turn. */
const sliceMs = 1_000;

/**
 * A shorter wait for quota is waited for; a longer one in the queue, which looks for what is due every two seconds. Somebody
 * waits for the rows of an open page.
 */
const waitedForMs = {
  "sync-mailbox": 2_000,
  "fill-mailbox": 2_000,
  "index-mailbox": 2_000,
  "show-rows": 6_000,
} as const;

/** After trouble the schedule tries again in this time, beside the queue's own tries. */
const troubleMs = 60_000;

const works = {
  "sync-mailbox": syncMailbox,
  "fill-mailbox": fillMailbox,
  "index-mailbox": indexMailbox,
  "show-rows": showRows,
} as const;

/**
 * One time slice of work on the copy of a mailbox; what is left is put back into the queue. Trouble is written down for whoever
 * reads the mailbox, and thrown for the queue, which tries again.
 */
export async function workOnMailbox({ task, accountId }: MailJob, signal: AbortSignal): Promise<void> {
  try {
    const step = await workWithinQuota(task, accountId, signal);
    if (!step.done) await enqueueMailJob(database(), { task, accountId, delayMs: step.waitMs });
  } catch (error) {
    // Its state says what is the matter, and what would mend it; or this server lacks a key, which its start has told.
    if (error instanceof AccountUnusableError || lackingKey(error) !== null)
      return tellMailboxState(accountId, "in-trouble");
    // When this process is about to end it is nobody's fault: the queue gives the job to another.
    if (!signal.aborted) await tellTrouble(accountId, error);
    throw error;
  }
}

async function workWithinQuota(
  task: MailJob["task"],
  accountId: AccountId,
  signal: AbortSignal,
): Promise<Step> {
  try {
    return await works[task](accountId, timeSlice(sliceMs, signal));
  } catch (error) {
    if (!(error instanceof QuotaPause)) throw error;
    if (error.waitMs > waitedForMs[task]) return { done: false, waitMs: error.waitMs - 1_000 };
    await sleep(error.waitMs, undefined, { signal });
    return { done: false, waitMs: 0 };
  }
}

async function tellTrouble(accountId: AccountId, error: unknown): Promise<void> {
  const trouble = await troubleOf(error, accountId);
  const dueAt = new Date(Date.now() + troubleMs);
  if (await noteTrouble(database(), accountId, trouble, dueAt))
    await tellMailboxState(accountId, "in-trouble");
}
