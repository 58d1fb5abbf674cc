import { inspect } from "node:util";
import { describe, expect, it, test } from "vitest";
import { judgeAnswer, requireJson, type WireAnswer } from "./read-answer.ts";

const now = Date.parse("2026-06-01T12:00:00Z");

function answer(status: number, data: unknown, headers: Record<string, string> = {}): WireAnswer {
  return { method: "messages.get", status, headers: new Headers(headers), data };
}

function error(code: number, reason: string, rest: object = {}): unknown {
  return {
    error: { code, message: "said", errors: [{ domain: "global", reason, message: "said" }], ...rest },
  };
}

test.each([
  [400, error(400, "invalidArgument"), "bad-request"],
  [400, "<html>Bad Request</html>", "bad-request"],
  [401, error(401, "authError"), "unauthorized"],
  [401, "", "unauthorized"],
  [403, error(403, "insufficientPermissions"), "scope-missing"],
  [
    403,
    error(403, "forbidden", { details: [{ reason: "ACCESS_TOKEN_SCOPE_INSUFFICIENT" }] }),
    "scope-missing",
  ],
  [403, error(403, "accessNotConfigured"), "api-disabled"],
  [403, { error: { code: 403, details: [{ reason: "SERVICE_DISABLED" }] } }, "api-disabled"],
  [403, error(403, "domainPolicy"), "domain-policy"],
  [403, error(403, "rateLimitExceeded"), "rate-limited"],
  [403, error(403, "userRateLimitExceeded"), "rate-limited"],
  [403, error(403, "dailyLimitExceeded"), "daily-limit"],
  [403, error(403, "neverHeardOf"), "forbidden"],
  [403, error(403, "CONSUMER_SUSPENDED"), "project-refused"],
  [400, error(400, "failedPrecondition"), "no-mailbox"],
  [400, { error: { code: 400, status: "FAILED_PRECONDITION" } }, "no-mailbox"],
  [403, "<html>a proxy</html>", "unavailable"],
  [404, error(404, "notFound"), "not-found"],
  [404, "<html>a proxy</html>", "unavailable"],
  [429, error(429, "rateLimitExceeded"), "rate-limited"],
  [429, "", "rate-limited"],
  [408, "", "unavailable"],
  [302, "", "unavailable"],
  [500, error(500, "backendError"), "unavailable"],
  [503, "<html>busy</html>", "unavailable"],
])("%i with %j is %s", (status, data, code) => {
  expect(judgeAnswer(answer(status, data))).toMatchObject({ code, status });
});

it("tells a missing scope by the challenge alone", () => {
  const challenge = { "www-authenticate": 'Bearer error="insufficient_scope"' };
  expect(judgeAnswer(answer(403, "", challenge))?.code).toBe("scope-missing");
});

it("takes a 404 for an expired history where history was asked for", () => {
  expect(judgeAnswer(answer(404, error(404, "notFound")), "history-expired")?.code).toBe("history-expired");
});

describe("the wait Google asks for", () => {
  test.each([
    ["seconds", { "retry-after": "7" }, "", 7_000],
    ["an HTTP date", { "retry-after": "Mon, 01 Jun 2026 12:00:30 GMT" }, "", 30_000],
    ["a date that has passed", { "retry-after": "Mon, 01 Jun 2026 11:00:00 GMT" }, "", 0],
    ["Gmail's message", {}, "User-rate limit exceeded.  Retry after 2026-06-01T12:00:05.500Z", 5_500],
    ["nonsense", { "retry-after": "soon" }, "", null],
    ["nothing", {}, "", null],
  ])("%s", (_, headers, message, wait) => {
    const limited = answer(429, { error: { code: 429, message } }, headers as Record<string, string>);
    expect(judgeAnswer(limited, "not-found", now)?.retryAfterMs).toBe(wait);
  });
});

test.each([["text"], [[1]], [null], [{ error: { code: 500 } }]])("%j in a 200 is unusable", (data) => {
  expect(() => requireJson(answer(200, data))).toThrow(
    expect.objectContaining({ code: "unavailable", reason: "malformed-answer" }),
  );
});

it("keeps nothing of request or answer that a log could show", () => {
  const secret = answer(
    401,
    { error: { code: 401, message: "Invalid Credentials" } },
    { authorization: "Bearer s3cret" },
  );
  const judged = judgeAnswer(secret);
  expect(inspect(judged, { depth: 10 }) + JSON.stringify(judged)).not.toContain("s3cret");
});
