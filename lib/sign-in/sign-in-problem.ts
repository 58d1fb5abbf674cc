import "server-only";
import { asClientRefusalWord } from "../domain/client-refusal.ts";
import type { SignInProblem } from "../domain/sign-in-problem.ts";
import { log } from "../telemetry/log.ts";

/** @see https://developers.google.com/identity/protocols/oauth2/web-server#authorization-errors */
export function problemOfRedirect(error: string): SignInProblem {
  switch (error) {
    case "access_denied":
      return "access-denied";
    case "admin_policy_enforced":
      return "admin-policy";
    case "org_internal":
      return "org-internal";
    case "temporarily_unavailable":
    case "server_error":
      return "google-unavailable";
    default:
      return "unknown";
  }
}

/** Google's token endpoint says these of itself, and of too many questions at once. */
const passing = ["temporarily_unavailable", "server_error", "internal_failure", "rate_limit_exceeded"];

const unreachable = /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|UND_ERR)/;

/** Our own errors of discovery. */
const undiscovered = ["unavailable", "timeout", "malformed-answer"];

/** What NextAuth's OAuth client stumbled over; the errors are openid-client's. */
export function problemOfExchange(error: unknown): SignInProblem {
  const { message = "", oauth, code, status } = factsOf(error);
  if (oauth === "invalid_grant") return "code-not-accepted";
  if (asClientRefusalWord(oauth)) return "misconfigured";
  if (oauth && passing.includes(oauth)) return "google-unavailable";
  if (status !== undefined && (status >= 500 || status === 429)) return "google-unavailable";
  if (code && (unreachable.test(code) || undiscovered.includes(code))) return "google-unavailable";
  if (/timed out|timeout|socket hang up|expected 200 OK|JSON/i.test(message)) return "google-unavailable";
  if (/\b(iat|exp|nbf)\b|issued in the future|expired/i.test(message)) return "clock-skew";
  if (/state|nonce|code_verifier|PKCE/i.test(message)) return "state-missing";
  return "unknown";
}

interface Facts {
  readonly message?: string;
  readonly oauth?: string;
  readonly code?: string;
  readonly status?: number;
}

/** NextAuth wraps errors, sometimes twice; openid-client keeps the answer beside its own. */
function factsOf(error: unknown, depth = 0): Facts {
  if (typeof error !== "object" || error === null || depth > 4) return {};
  const { message, error: inner, code, response, cause, originalError } = error as Record<string, unknown>;
  const nested = [inner, originalError, cause].find((candidate) => candidate instanceof Error);
  const status = (response as { statusCode?: unknown } | undefined)?.statusCode;
  return {
    ...(typeof message === "string" ? { message, ...oauthOf(message) } : {}),
    ...(typeof code === "string" ? { code } : {}),
    ...(typeof status === "number" ? { status } : {}),
    ...(nested ? factsOf(nested, depth + 1) : {}),
    ...(typeof inner === "string" ? { oauth: inner } : {}),
  };
}

/** NextAuth keeps nothing of openid-client's error but its words: "invalid_grant (Bad Request)". */
function oauthOf(message: string): Pick<Facts, "oauth"> {
  const oauth = /^([a-z]+(?:_[a-z]+)+)(?: \(|$)/.exec(message)?.[1];
  return oauth === undefined ? {} : { oauth };
}

/** What the first of NextAuth's errors means; the rest follow from it. Its words go to the log, and nothing else. */
export function reportProblem(errors: readonly unknown[]): SignInProblem {
  const problem = problemOfExchange(errors[0]);
  log.warn({ event: "signin.failed", problem, error: wordsOf(errors[0]) }, "a sign-in did not come through");
  return problem;
}

/** The error's words alone: what stands beside them may hold a code or a token. */
function wordsOf(error: unknown): string {
  const inner = typeof error === "object" && error !== null && "error" in error ? error.error : error;
  return inner instanceof Error ? `${inner.name}: ${inner.message}` : typeof inner;
}

/** What an error that Google's redirect brought means to the person; it is written to the log. */
export function reportRedirect(error: string): SignInProblem {
  const problem = problemOfRedirect(error);
  log.info(
    { event: "signin.declined", problem, error: error.slice(0, 100) },
    "Google sent somebody back without a code",
  );
  return problem;
}
