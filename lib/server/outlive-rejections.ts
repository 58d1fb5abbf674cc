import "server-only";
import { log } from "../telemetry/log.ts";

/** PostgreSQL's classes and Node's codes for a server that is away, going, or not there yet. */
const awayCode =
  /^(08\w{3}|57P0[1-5]|ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;

/** What the database's driver says without a code. */
const awayWords =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Client was closed)/;

/**
 * Whether the queue has met a database that is away. It writes down how a job ended without waiting for it, so that this
 * fails where nobody can catch it; such jobs are handed back when the database has returned.
 */
function isQueueWithoutDatabase(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  const isAway = awayCode.test(code) || awayWords.test(error.message);
  return isAway && /[\\/](graphile-worker|pg|pg-pool|pg-protocol)[\\/]|node:net/.test(error.stack ?? "");
}

/** The first of our own lines that an error came from, without what the message says. */
function originOf(error: unknown): string | null {
  const frames =
    error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^ +at /.test(line)) : [];
  return frames.find((line) => !/node_modules|node:/.test(line))?.trim() ?? null;
}

/**
 * A promise that is rejected and that nobody waits for does not end this process: pages are written while they are read,
 * whoever leaves in the middle rejects what was under way, and a stranger could end everybody's server. What is not the
 * queue's is a fault of ours all the same: it is an error in the log, with where it came from and how many there were.
 */
export function outliveRejections(): void {
  let faults = 0;
  process.on("unhandledRejection", (error) => {
    if (isQueueWithoutDatabase(error)) {
      log.warn(
        { event: "job.outcome.lost", error },
        "the queue could not write down how a job ended: the database is away",
      );
      return;
    }
    faults += 1;
    log.error(
      { event: "promise.rejected", error, origin: originOf(error), faults },
      "a fault: a promise was rejected and nobody waited for it",
    );
  });
}
