import { type GmailError, reachOf } from "./gmail-error.ts";

const firstBackoffMs = 300;
const longestBackoffMs = 5_000;

export interface RetryCircumstances {
  readonly error: GmailError;
  /** Attempts made so far, the failed one included. */
  readonly attemptsMade: number;
  readonly attemptsAllowed: number;
  /** Time left until the operation's deadline. */
  readonly remainingMs: number;
  readonly random: () => number;
}

/**
 * How many milliseconds to wait before trying again, or null when trying again is pointless: the error is not a
 * passing one, the attempts are used up, or the deadline would pass during the wait. Exponential backoff with
 * full jitter; when Google names a time, that time and then the jitter, so that waiting clients do not return as a herd.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function decideRetryMs(now: RetryCircumstances): number | null {
  if (reachOf(now.error.code) !== "passing") return null;
  if (now.attemptsMade >= now.attemptsAllowed) return null;
  const ceilingMs = Math.min(longestBackoffMs, firstBackoffMs * 2 ** (now.attemptsMade - 1));
  const waitMs = (now.error.retryAfterMs ?? 0) + now.random() * ceilingMs;
  return waitMs < now.remainingMs ? waitMs : null;
}
