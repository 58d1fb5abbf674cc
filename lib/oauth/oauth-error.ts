import { SharedError } from "../domain/shared-error.ts";

/**
 * What can go wrong between Latchkey and Google's OAuth endpoints. Only `invalid-grant` says that a grant is dead;
 * everything else is Google's trouble, the network's or the operator's, and the grant stays good.
 */
export type OAuthErrorCode =
  | "invalid-grant"
  | "misconfigured"
  | "rate-limited"
  | "unavailable"
  | "timeout"
  | "malformed-answer"
  | "aborted";

export interface OAuthErrorDetails {
  readonly status?: number | undefined;
  /** Google's `error`, `error_subtype` and `error_description`: words about the grant, never a token. */
  readonly error?: string | undefined;
  readonly subtype?: string | undefined;
  readonly description?: string | undefined;
  /** How long Google asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number | null | undefined;
  readonly cause?: unknown;
}

export class OAuthError extends SharedError {
  static override readonly errorName = "OAuthError";
  readonly code: OAuthErrorCode;
  readonly status: number | undefined;
  readonly error: string | undefined;
  readonly subtype: string | undefined;
  readonly description: string | undefined;
  readonly retryAfterMs: number | null;

  constructor(code: OAuthErrorCode, message: string, details: OAuthErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.status = details.status;
    this.error = details.error;
    this.subtype = details.subtype;
    this.description = details.description;
    this.retryAfterMs = details.retryAfterMs ?? null;
  }
}

/** What a failed `fetch` means. The cause keeps its system code (ECONNREFUSED …) and nothing of the request. */
export function fetchFailure(error: unknown, what: string): OAuthError {
  if (error instanceof OAuthError) return error;
  const name = error instanceof Error ? error.name : "";
  if (name === "TimeoutError") return new OAuthError("timeout", `Google did not answer ${what} in time.`);
  if (name === "AbortError")
    return new OAuthError("aborted", `The visitor left before Google answered ${what}.`);
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : undefined;
  const code = cause && "code" in cause ? String(cause.code) : name || "unknown";
  return new OAuthError("unavailable", `Google could not be reached for ${what} (${code}).`, {
    description: code,
  });
}
