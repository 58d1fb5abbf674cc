import { retryAfterMs } from "../domain/retry-after.ts";
import { plainWords } from "../telemetry/plain-words.ts";
import { GmailError, type GmailErrorCode, malformedAnswer } from "./gmail-error.ts";

/** An answer as it came over the wire, or as one part of a batch carried it. */
export interface WireAnswer {
  readonly method: string;
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; the bare text when it was not JSON. */
  readonly data: unknown;
}

/** What a 404 means depends on what was asked: a message that is gone, or a history id that is too old. */
export type NotFoundMeaning = Extract<GmailErrorCode, "not-found" | "history-expired">;

/** Gives the JSON object of a good answer, or throws the {@link GmailError} that the answer amounts to. */
export function requireJson(
  answer: WireAnswer,
  notFound: NotFoundMeaning = "not-found",
): Record<string, unknown> {
  const error = judgeAnswer(answer, notFound);
  if (error) throw error;
  const json = objectOf(answer.data);
  // An empty object is a valid empty page. An error inside a 200 must not pass for one.
  if (!json || "error" in json) throw malformedAnswer(answer.method, "unusable answer", answer.status);
  return json;
}

/**
 * The error an answer amounts to, or null for a 2xx.
 * @see https://developers.google.com/workspace/gmail/api/guides/handle-errors
 */
export function judgeAnswer(
  answer: WireAnswer,
  notFound: NotFoundMeaning = "not-found",
  nowMs: number = Date.now(),
): GmailError | null {
  if (answer.status >= 200 && answer.status < 300) return null;
  const body = objectOf(objectOf(answer.data)?.error);
  const reasons = body ? reasonsOf(body) : [];
  const code = codeOf(answer, body ? reasons : null, notFound);
  const said = textOf(body?.message);
  const reason = reasons[0] ?? (body ? null : "malformed-answer");
  return new GmailError(
    code,
    plainWords(`Gmail ${answer.method}: ${[answer.status, reason, said].filter(Boolean).join(" ")}`, 300),
    {
      status: answer.status,
      reason: reason && plainWords(reason, 100),
      retryAfterMs: retryAfterMs(answer.headers, said, nowMs),
    },
  );
}

/** Google names a reason in three places, the oldest first; 403s are told apart by nothing else. */
function reasonsOf(body: Record<string, unknown>): string[] {
  const named = [...objectsOf(body.errors), ...objectsOf(body.details)].map((item) => item.reason);
  return [...named, body.status].filter((reason) => typeof reason === "string" && reason !== "") as string[];
}

/** `reasons` is null when the body is not Google's: then a proxy or a front end spoke, which knows nothing of messages. */
function codeOf(
  { status, headers, data }: WireAnswer,
  reasons: readonly string[] | null,
  notFound: NotFoundMeaning,
): GmailErrorCode {
  if (status === 401) return "unauthorized";
  if (status === 429) return reasons?.includes("dailyLimitExceeded") ? "daily-limit" : "rate-limited";
  if (status === 403 && /insufficient_scope/i.test(headers.get("www-authenticate") ?? ""))
    return "scope-missing";
  const said = textOf(objectOf(objectOf(data)?.error)?.message);
  if (status === 403) return reasons ? forbiddenCodeOf(reasons, said) : "unavailable";
  // A 404 makes the caller drop the message, so it has to come from Gmail itself.
  if (status === 404) return reasons ? notFound : "unavailable";
  if (status === 408 || status < 400 || status >= 500) return "unavailable";
  return status === 400 && reasons ? refusedCodeOf(reasons, said) : "bad-request";
}

/** What a 400 is about. Whether a search is, only who asked can tell: see `processMessageIds`. */
function refusedCodeOf(reasons: readonly string[], said: string): GmailErrorCode {
  // "Mail service not enabled", "Precondition check failed."
  if (reasons.some((reason) => /^failed_?precondition$/i.test(reason))) return "no-mailbox";
  return /\b(?:invalid|unknown) label\b|\blabel\b.*\bnot found\b|\blabelId\b/i.test(said)
    ? "unknown-label"
    : "bad-request";
}

/** @see https://cloud.google.com/apis/design/errors and https://developers.google.com/workspace/gmail/api/guides/handle-errors */
function forbiddenCodeOf(reasons: readonly string[], said: string): GmailErrorCode {
  if (/delegation denied/i.test(said)) return "delegation-denied";
  for (const reason of reasons) {
    const code = forbidden[reason];
    if (code) return code;
  }
  return "forbidden";
}

const forbidden: Readonly<Record<string, GmailErrorCode>> = {
  insufficientPermissions: "scope-missing",
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: "scope-missing",
  accessNotConfigured: "api-disabled",
  SERVICE_DISABLED: "api-disabled",
  domainPolicy: "domain-policy",
  ORG_RESTRICTION_VIOLATION: "domain-policy",
  CONSUMER_SUSPENDED: "project-refused",
  CONSUMER_INVALID: "project-refused",
  BILLING_DISABLED: "project-refused",
  USER_PROJECT_DENIED: "project-refused",
  SECURITY_POLICY_VIOLATED: "project-refused",
  ipRefererBlocked: "project-refused",
  keyInvalid: "project-refused",
  dailyLimitExceeded: "daily-limit",
  dailyLimitExceededUnreg: "daily-limit",
  rateLimitExceeded: "rate-limited",
  rateLimitExceededUnreg: "rate-limited",
  userRateLimitExceeded: "rate-limited",
  userRateLimitExceededUnreg: "rate-limited",
  concurrentLimitExceeded: "rate-limited",
  quotaExceeded: "rate-limited",
  RATE_LIMIT_EXCEEDED: "rate-limited",
  RESOURCE_EXHAUSTED: "rate-limited",
};

// Of its JSON nobody promised anything: each function gives a value of the wanted type whatever came, so the code that
// knows what a message is never meets a TypeError.

export function objectOf(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function objectsOf(value: unknown): Record<string, unknown>[] {
  return listOf(value)
    .map(objectOf)
    .filter((item) => item !== null);
}

/** A list that holds objects and nothing else; null when it is anything but that. */
export function requireObjects(value: unknown): Record<string, unknown>[] | null {
  const objects = objectsOf(value);
  return Array.isArray(value) && objects.length === value.length ? objects : null;
}

/** A list of strings, or nothing at all, which stands for an empty one; null when it is anything else. */
export function absentOrStrings(value: unknown): string[] | null {
  if (value === undefined) return [];
  const strings = stringsOf(value);
  return Array.isArray(value) && strings.length === value.length ? strings : null;
}

/** What leads to the next page: null on the last one; undefined when it is none of both. */
export function pageTokenOf(value: unknown): string | null | undefined {
  return value === undefined || value === "" ? null : (nonEmpty(value) ?? undefined);
}

function stringsOf(value: unknown): string[] {
  return listOf(value).filter((item) => typeof item === "string");
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A string with something in it, or null. */
export function nonEmpty(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** A whole number that is not negative, from a number or from digits (Google writes 64-bit numbers as strings); else 0. */
export function countOf(value: unknown): number {
  const digits = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  return typeof digits === "number" && Number.isSafeInteger(digits) && digits >= 0 ? digits : 0;
}

/** An unsigned 64-bit number kept as the string of digits it came as; null when it is not one. */
export function digitsOf(value: unknown): string | null {
  const digits = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
  return typeof digits === "string" && /^\d+$/.test(digits) ? digits : null;
}
