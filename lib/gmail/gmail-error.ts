import { SharedError } from "../domain/shared-error.ts";
import type { CallersOwn } from "../domain/single-flight.ts";

/**
 * Everything that can go wrong between Latchkey and Gmail, as one closed list.
 *
 * - `bad-request`: a page token or an id is wrong, or another 4xx that asking again cannot mend
 * - `bad-query`: Gmail does not understand a search; `unknown-label`: there is no such label
 * - `no-mailbox`: this Google account has no Gmail, or its organization has switched Gmail off
 * - `unauthorized`: the access token was refused, and so was the renewed one
 * - `scope-missing`: the grant lacks `gmail.readonly`
 * - `api-disabled`: the Gmail API is off in the operator's Google Cloud project
 * - `domain-policy`: a Workspace admin does not allow it
 * - `delegation-denied`: Gmail takes this account for somebody who asks for another's mailbox
 * - `project-refused`: Google refuses the operator's project: suspended, without billing, behind a perimeter
 * - `forbidden`: any other 403
 * - `rate-limited`, `daily-limit`: a quota is used up, for seconds or for the day
 * - `not-found`: the message, attachment or label is gone
 * - `history-expired`: Gmail no longer knows the history id; only a full synchronization helps
 * - `unavailable`: 5xx, connection refused or reset, an answer that is truncated or makes no sense
 * - `timeout`: the deadline passed; `aborted`: the caller's signal fired
 *
 * @see https://developers.google.com/workspace/gmail/api/guides/handle-errors
 */
export type GmailErrorCode =
  | "bad-request"
  | "bad-query"
  | "unknown-label"
  | "no-mailbox"
  | "unauthorized"
  | "scope-missing"
  | "api-disabled"
  | "domain-policy"
  | "delegation-denied"
  | "project-refused"
  | "forbidden"
  | "rate-limited"
  | "daily-limit"
  | "not-found"
  | "history-expired"
  | "unavailable"
  | "timeout"
  | "aborted";

export interface GmailErrorDetails {
  readonly status?: number | null;
  readonly reason?: string | null;
  readonly retryAfterMs?: number | null;
  readonly cause?: unknown;
}

/**
 * The one error family of this folder. It never carries the request or the answer, so neither an access token
 * nor a line of somebody's mail can reach a log through it.
 */
export class GmailError extends SharedError implements CallersOwn {
  static override readonly errorName = "GmailError";
  readonly code: GmailErrorCode;
  /** HTTP status of the answer (of the part, in a batch); null when there was none. */
  readonly status: number | null;
  /** Google's own word (`userRateLimitExceeded`), the system's (`ECONNRESET`), or `malformed-answer`. */
  readonly reason: string | null;
  /** How long Google asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | null;

  constructor(code: GmailErrorCode, message: string, details: GmailErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.status = details.status ?? null;
    this.reason = details.reason ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
  }

  /** Google was not asked, or not to the end: the caller's signal fired, or its share of our own quota is used up. */
  get isCallersOwn(): boolean {
    return this.code === "aborted" || this.reason === "own-limit";
  }
}

/**
 * Whom an error concerns, which decides what happens next: `passing` is tried again, `this-read` is an answer
 * about one message or query, `every-read` would meet any other call to this mailbox too.
 */
export function reachOf(code: GmailErrorCode): "passing" | "this-read" | "every-read" {
  switch (code) {
    case "rate-limited":
    case "unavailable":
    case "timeout":
      return "passing";
    case "bad-request":
    case "bad-query":
    case "unknown-label":
    case "forbidden":
    case "not-found":
    case "history-expired":
      return "this-read";
    case "unauthorized":
    case "scope-missing":
    case "api-disabled":
    case "domain-policy":
    case "delegation-denied":
    case "project-refused":
    case "no-mailbox":
    case "daily-limit":
    case "aborted":
      return "every-read";
  }
}

/** An answer that came but cannot be used: treated like any other trouble on Google's side. */
export function malformedAnswer(method: string, what: string, status: number | null = null): GmailError {
  return new GmailError("unavailable", `Gmail ${method}: ${what}`, { status, reason: "malformed-answer" });
}
