import "server-only";
import { type Runner, run } from "graphile-worker";
import { z } from "zod";
import type { AccountId } from "../domain/mail.ts";
import { env } from "../env.ts";
import { log } from "../telemetry/log.ts";
import { destroyAccount, destroyWaitingAccounts } from "../use-cases/destroy-account.ts";
import { sweepSessions } from "../use-cases/sessions.ts";
import { graphileLogger } from "./graphile-logger.ts";

const accountPayload = z.object({ accountId: z.uuid().transform((id) => id as AccountId) });

const tasks = {
  "destroy-account": async (payload: unknown) => destroyAccount(accountPayload.parse(payload).accountId),
  "destroy-waiting-accounts": async () => destroyWaitingAccounts(),
  "sweep-sessions": async () => sweepSessions(),
};

/** Works on the queue in this process. With WORKER_CONCURRENCY=0 this instance only serves. */
export async function startWorker(): Promise<Runner | null> {
  const concurrency = env().WORKER_CONCURRENCY;
  if (concurrency === 0) return null;
  const runner = await run({
    connectionString: env().DATABASE_URL,
    concurrency,
    maxPoolSize: concurrency + 2,
    pollInterval: 2_000,
    // The server decides when to end; see instrumentation.ts.
    noHandleSignals: true,
    taskList: tasks,
    crontab: "* * * * * destroy-waiting-accounts\n17 * * * * sweep-sessions",
    logger: graphileLogger,
  });
  runner.promise.catch((error: unknown) => log.error({ error: String(error) }, "the job worker stopped"));
  return runner;
}
