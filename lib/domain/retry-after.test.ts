import { expect, test } from "vitest";
import { retryAfterMs } from "./retry-after.ts";

const now = Date.parse("2026-05-11T06:00:00Z");
const waitOf = (headers: Record<string, string>, message = "") =>
  retryAfterMs(new Headers(headers), message, now);

test.each<[string, number | null, Record<string, string>, string?]>([
  ["seconds", 60_000, { "retry-after": "60" }],
  ["seconds with spaces", 60_000, { "retry-after": " 60 " }],
  ["no time at all", 0, { "retry-after": "0" }],
  ["more than an hour, which is cut", 3_600_000, { "retry-after": "99999999999999999999" }],
  ["an HTTP date", 90_000, { "retry-after": "Mon, 11 May 2026 06:01:30 GMT" }],
  [
    "an HTTP date, by Google's own clock",
    30_000,
    { "retry-after": "Mon, 11 May 2026 07:00:30 GMT", date: "Mon, 11 May 2026 07:00:00 GMT" },
  ],
  ["an HTTP date that is over", 0, { "retry-after": "Mon, 11 May 2026 05:00:00 GMT" }],
  ["a date of another century", 3_600_000, { "retry-after": "Tue, 11 May 2126 06:00:00 GMT" }],
  ["a moment in the message", 65_221, {}, "User-rate limit exceeded.  Retry after 2026-05-11T06:01:05.221Z"],
  ["nothing", null, {}],
  ["nonsense", null, { "retry-after": "soon" }],
  ["less than nothing", null, { "retry-after": "-" }],
])("an answer that says %s asks to wait %s ms", (_, expected, headers, message) => {
  expect(waitOf(headers, message)).toBe(expected);
});
