import "server-only";
import { log, messageOf } from "../telemetry/log.ts";

/**
 * The queue writes down how a job ended without waiting for it; with the database away that fails where nobody can catch
 * it. A process that serves people must not end of that: such jobs are handed back when the database has returned.
 */
export function outliveRejections(): void {
  process.on("unhandledRejection", (error) => {
    log.error({ error: messageOf(error) }, "a rejection nobody waited for");
  });
}
