import { plainWords } from "../telemetry/plain-words.ts";
import { GmailError, type GmailErrorCode, malformedAnswer } from "./gmail-error.ts";
import { objectOf, objectsOf, textOf } from "./read-json.ts";
import { retryAfterMs } from "./retry-after.ts";

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
  const code = codeOf(answer.status, body ? reasons : null, answer.headers, notFound);
  const said = textOf(body?.message);
  const reason = reasons[0] ?? (body ? null : "malformed-answer");
  return new GmailError(
    code,
    plainWords(`Gmail ${answer.method}: ${[answer.status, reason, said].filter(Boolean).join(" ")}`, 300),
    {
      status: answer.status,
      reason: reason && plainWords(reason, 100),
      retryAfterMs: retryAfterMs(answer.headers.get("retry-after"), said, nowMs),
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
  status: number,
  reasons: readonly string[] | null,
  headers: Headers,
  notFound: NotFoundMeaning,
): GmailErrorCode {
  if (status === 401) return "unauthorized";
  if (status === 429) return reasons?.includes("dailyLimitExceeded") ? "daily-limit" : "rate-limited";
  if (status === 403 && /insufficient_scope/i.test(headers.get("www-authenticate") ?? ""))
    return "scope-missing";
  if (status === 403) return reasons ? forbiddenCodeOf(reasons) : "unavailable";
  // A 404 makes the caller drop the message, so it has to come from Gmail itself.
  if (status === 404) return reasons ? notFound : "unavailable";
  if (status === 408 || status < 400 || status >= 500) return "unavailable";
  return "bad-request";
}

function forbiddenCodeOf(reasons: readonly string[]): GmailErrorCode {
  for (const reason of reasons) {
    switch (reason) {
      case "insufficientPermissions":
      case "ACCESS_TOKEN_SCOPE_INSUFFICIENT":
        return "scope-missing";
      case "accessNotConfigured":
      case "SERVICE_DISABLED":
        return "api-disabled";
      case "domainPolicy":
        return "domain-policy";
      case "dailyLimitExceeded":
        return "daily-limit";
      case "rateLimitExceeded":
      case "userRateLimitExceeded":
      case "quotaExceeded":
      case "RATE_LIMIT_EXCEEDED":
      case "RESOURCE_EXHAUSTED":
        return "rate-limited";
    }
  }
  return "bad-request";
}
