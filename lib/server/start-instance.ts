import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { closeDatabase } from "../db/client.ts";
import { env } from "../env.ts";
import { startWorker } from "../jobs/worker.ts";
import { log, messageOf } from "../telemetry/log.ts";
import { closeMailboxEvents } from "../use-cases/mailbox-events.ts";
import { outliveRejections } from "./outlive-rejections.ts";

/** What this process does beside answering requests: works on the queue, and ends in good order. */
export async function startInstance(): Promise<void> {
  env();
  outliveRejections();
  // Not waited for: pages are served while the queue's database is still on its way.
  const worker = startWorker();
  worker.catch((error: unknown) => log.error({ error: messageOf(error) }, "the job worker did not start"));
  const progress = { ending: false };
  const end = async (signal: NodeJS.Signals) => {
    // A terminal or a container signals the whole group, and the parent passes the signal on: once is enough.
    if (progress.ending) return;
    progress.ending = true;
    log.info({ signal }, "ending");
    try {
      await Promise.race([endWork(worker), sleep(longestEndMs)]);
    } catch (error) {
      log.error({ error: messageOf(error) }, "the end was not in good order");
    } finally {
      process.exit(0);
    }
  };
  process.on("SIGTERM", (signal) => void end(signal));
  process.on("SIGINT", (signal) => void end(signal));
}

/** Whoever runs us waits ten seconds, as a rule. */
const longestEndMs = 9_000;

async function endWork(worker: ReturnType<typeof startWorker>): Promise<void> {
  await (await worker)?.stop();
  await closeMailboxEvents();
  await closeDatabase();
}
