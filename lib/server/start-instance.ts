import "server-only";
import { closeDatabase } from "../db/client.ts";
import { env } from "../env.ts";
import { startWorker } from "../jobs/worker.ts";
import { watchVisitors } from "../session/visitor.ts";
import { log } from "../telemetry/log.ts";

/** What this process does beside answering requests: works on the queue, and ends in good order. */
export async function startInstance(): Promise<void> {
  env();
  watchVisitors();
  const worker = await startWorker();
  const end = async (signal: NodeJS.Signals) => {
    log.info({ signal }, "ending");
    await worker?.stop();
    await closeDatabase();
    process.exit(0);
  };
  process.once("SIGTERM", (signal) => void end(signal));
  process.once("SIGINT", (signal) => void end(signal));
}
