import "server-only";
import { log, messageOf } from "../telemetry/log.ts";
import { workNow } from "./as-job.ts";

/** @see https://www.postgresql.org/docs/current/errcodes-appendix.html Class 53 */
const diskFull = "53100";

/** Prisma hands PostgreSQL's code on in one of several places. */
function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, meta, cause } = error as { code?: unknown; meta?: unknown; cause?: unknown };
  const seen = [code, error.message, JSON.stringify(meta ?? null), String((cause as Error | null)?.message)];
  return (
    seen.some((text) => typeof text === "string" && /\b53100\b|No space left on device/.test(text)) ||
    (cause as { originalCode?: unknown } | null)?.originalCode === diskFull
  );
}

/**
 * Waits for `keeping`, and gives `otherwise` when the database's disk is full: what a person asked for and Google gave
 * is shown all the same, and kept at another time. Within a job it throws, and the job is tried again.
 * @param otherwise stands for what would have been kept
 */
export async function unlessFull<Kept, Otherwise extends Kept | null>(
  keeping: Promise<Kept>,
  otherwise: Otherwise,
): Promise<Kept | Otherwise> {
  try {
    return await keeping;
  } catch (error) {
    if (workNow() !== null || !isDiskFull(error)) throw error;
    log.error(
      { event: "database.full", error: messageOf(error).slice(-200) },
      "the database's disk is full: pages are shown, and nothing is kept",
    );
    return otherwise;
  }
}
