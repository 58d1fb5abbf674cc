import { expect, it, test } from "vitest";
import { decideRetryMs } from "./backoff.ts";
import { GmailError, type GmailErrorCode } from "./gmail-error.ts";

function waitAfter(
  code: GmailErrorCode,
  rest: Partial<Parameters<typeof decideRetryMs>[0]> = {},
  retryAfterMs = 0,
) {
  const error = new GmailError(code, "", { retryAfterMs });
  return decideRetryMs({
    error,
    attemptsMade: 1,
    attemptsAllowed: 4,
    remainingMs: 10_000,
    random: () => 0.5,
    ...rest,
  });
}

test.each<[GmailErrorCode, boolean]>([
  ["rate-limited", true],
  ["unavailable", true],
  ["timeout", true],
  ["bad-request", false],
  ["unauthorized", false],
  ["scope-missing", false],
  ["api-disabled", false],
  ["domain-policy", false],
  ["daily-limit", false],
  ["not-found", false],
  ["history-expired", false],
  ["aborted", false],
])("%s is tried again: %s", (code, again) => {
  expect(waitAfter(code) !== null).toBe(again);
});

it("doubles the ceiling with each attempt, up to five seconds", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7].map((attemptsMade) =>
    waitAfter("unavailable", { attemptsMade, attemptsAllowed: 9, random: () => 1 }),
  );
  expect(waits).toEqual([300, 600, 1200, 2400, 4800, 5000, 5000]);
});

it("spreads from nothing to the ceiling", () => {
  expect(waitAfter("unavailable", { random: () => 0 })).toBe(0);
  expect(waitAfter("unavailable", { random: () => 0.5 })).toBe(150);
});

it("waits at least as long as Google asks", () => {
  expect(waitAfter("rate-limited", {}, 2_000)).toBe(2_150);
});

it("gives up when the attempts are used up, or the deadline would pass in the wait", () => {
  expect(waitAfter("unavailable", { attemptsMade: 4 })).toBeNull();
  expect(waitAfter("rate-limited", {}, 10_000)).toBeNull();
});
