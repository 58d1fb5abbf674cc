import "server-only";
import { closeDatabase } from "../db/client.ts";
import { env } from "../env.ts";
import { startWorker } from "../jobs/worker.ts";
import { watchVisitors } from "../session/visitor.ts";
import { log } from "../telemetry/log.ts";
import { closeMailboxEvents } from "../use-cases/mailbox-events.ts";

/** What this process does beside answering requests: works on the queue, and ends in good order. */
export async function startInstance(): Promise<void> {
  env();
  watchVisitors();
  const worker = await startWorker();
  const progress = { ending: false };
  const end = async (signal: NodeJS.Signals) => {
    // A terminal or a container signals the whole group, and the parent passes the signal on: once is enough.
    if (progress.ending) return;
    progress.ending = true;
    log.info({ signal }, "ending");
    try {
      await worker?.stop();
      await closeMailboxEvents();
      await closeDatabase();
    } catch (error) {
      log.error({ error: String(error) }, "the end was not in good order");
    } finally {
      process.exit(0);
    }
  };
  process.on("SIGTERM", (signal) => void end(signal));
  process.on("SIGINT", (signal) => void end(signal));
}
