import "server-only";
import { type JobHelpers, makeWorkerUtils, type Task, type TaskList } from "graphile-worker";
import { z } from "zod";
import { asJob } from "../db/as-job.ts";
import { connectionAddress } from "../db/connection.ts";
import { accountIdOf } from "../domain/ids.ts";
import type { AccountId } from "../domain/mail.ts";
import { scheduleWaitingDestructions } from "../queue/destruction-jobs.ts";
import { enqueueDueMailJobs, type MailJob } from "../queue/mail-jobs.ts";
import { destroyAccount, jobDeadlineMs } from "../use-cases/accounts/destroy-account.ts";
import { sweepSessions } from "../use-cases/accounts/sessions.ts";
import { sweepAdmission } from "../use-cases/accounts/sweep-admission.ts";
import { rollUp } from "../use-cases/operations/roll-up.ts";
import { sweepExpired } from "../use-cases/sync/sweep-expired.ts";
import { workOnMailbox } from "../use-cases/sync/work-on-mailbox.ts";
import { graphileLogger } from "./graphile-logger.ts";

const accountPayload = z.object({ accountId: z.uuid().transform((id) => accountIdOf(id)) });

const accountOf = (payload: unknown): AccountId => accountPayload.parse(payload).accountId;

const onMailbox = (task: MailJob["task"]) => (payload: unknown, helpers: JobHelpers) =>
  workOnMailbox({ task, accountId: accountOf(payload) }, helpers.abortSignal);

const tasks = {
  "destroy-account": async (payload: unknown, { abortSignal: signal }: JobHelpers) =>
    destroyAccount(accountOf(payload), { deadlineMs: jobDeadlineMs, signal }),
  "destroy-waiting-accounts": async () => scheduleWaitingDestructions(),
  "sync-mailbox": onMailbox("sync-mailbox"),
  "fill-mailbox": onMailbox("fill-mailbox"),
  "index-mailbox": onMailbox("index-mailbox"),
  "show-rows": onMailbox("show-rows"),
  "want-due-mail-jobs": async () => enqueueDueMailJobs(),
  "sweep-admission": async () => sweepAdmission(),
  "sweep-sessions": async () => sweepSessions(),
  "sweep-kept": async () => sweepExpired(),
  "sweep-queues": async () => sweepQueues(),
  "roll-up": async () => rollUp(),
};

function overOwnConnections(task: Task): Task {
  return (payload, helpers) => asJob(async () => task(payload, helpers));
}

export type TaskName = keyof typeof tasks;

/** What graphile-worker is to call. */
export const taskList: TaskList = Object.fromEntries(
  Object.entries(tasks).map(([name, task]) => [name, overOwnConnections(task)]),
);

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

export const crontab = `
* * * * * destroy-waiting-accounts
* * * * * want-due-mail-jobs
* * * * * roll-up
*/10 * * * * sweep-admission
17 * * * * sweep-sessions
27 * * * * sweep-kept
37 * * * * sweep-queues
`;
