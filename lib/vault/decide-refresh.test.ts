import { expect, test } from "vitest";
import { decideRefresh } from "./decide-refresh.ts";

const now = new Date("2026-11-21T12:00:00Z");
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const refreshToken = "1//refresh";
const accessToken = "ya29.access";

test.each([
  ["fresh", accessToken, 3600, undefined, { refresh: false, accessToken }],
  ["good for 61 s", accessToken, 61, undefined, { refresh: false, accessToken }],
  ["good for 60 s", accessToken, 60, undefined, { refresh: true, reason: "expired", refreshToken }],
  ["good for 1 s", accessToken, 1, undefined, { refresh: true, reason: "expired", refreshToken }],
  ["long expired", accessToken, -86_400, undefined, { refresh: true, reason: "expired", refreshToken }],
  ["without a date", accessToken, null, undefined, { refresh: true, reason: "expired", refreshToken }],
  ["none", null, null, undefined, { refresh: true, reason: "missing", refreshToken }],
  ["none, with a date", null, 3600, undefined, { refresh: true, reason: "missing", refreshToken }],
  ["rejected", accessToken, 3600, accessToken, { refresh: true, reason: "rejected", refreshToken }],
  ["newer than the rejected", accessToken, 3600, "ya29.other", { refresh: false, accessToken }],
  ["rejected and expired", accessToken, -1, accessToken, { refresh: true, reason: "expired", refreshToken }],
])("an access token that is %s", (_, stored, seconds, rejected, decision) => {
  const accessTokenExpiresAt = seconds === null ? null : inSeconds(seconds);
  expect(decideRefresh({ accessToken: stored, accessTokenExpiresAt, refreshToken }, now, rejected)).toEqual(
    decision,
  );
});

test.each([
  ["fresh", 3600, undefined, { refresh: false, accessToken }],
  ["expired", -1, undefined, { refresh: "impossible" }],
  ["rejected", 3600, accessToken, { refresh: "impossible" }],
])("without a refresh token, an access token that is %s", (_, seconds, rejected, decision) => {
  const stored = { accessToken, accessTokenExpiresAt: inSeconds(seconds), refreshToken: null };
  expect(decideRefresh(stored, now, rejected)).toEqual(decision);
});
