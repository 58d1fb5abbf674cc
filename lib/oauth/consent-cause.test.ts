import { expect, test } from "vitest";
import { consentCauseOf } from "./consent-cause.ts";
import { OAuthError } from "./oauth-error.ts";

const now = new Date("2026-11-21T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const revokedWords = "Token has been expired or revoked.";

test.each([
  ["a revocation", revokedWords, undefined, null, 1, "revoked-by-user"],
  ["session control", "reauth related error (invalid_rapt)", "invalid_rapt", null, 1, "policy"],
  ["session control, before everything else", revokedWords, "invalid_rapt", 1, 400, "policy"],
  ["time-limited access that ran out", revokedWords, undefined, 1, 1, "expired"],
  ["time-limited access that ran out this moment", revokedWords, undefined, 0, 1, "expired"],
  ["time-limited access that is still good", revokedWords, undefined, -1, 1, "revoked-by-user"],
  ["six idle months", revokedWords, undefined, null, 181, "expired"],
  ["not quite six idle months", revokedWords, undefined, null, 180, "revoked-by-user"],
  ["a grant that was never refreshed", revokedWords, undefined, null, null, "revoked-by-user"],
  ["a deleted account", "Account has been deleted", undefined, null, 1, "unknown"],
  ["no words at all", undefined, undefined, null, 1, "unknown"],
])("invalid_grant after %s", (_, description, subtype, expiredDaysAgo, refreshedDaysAgo, cause) => {
  const error = new OAuthError("invalid-grant", "Google answered the refresh with 400.", {
    description,
    subtype,
  });
  const grant = {
    refreshTokenExpiresAt: expiredDaysAgo === null ? null : daysAgo(expiredDaysAgo),
    lastRefreshedAt: refreshedDaysAgo === null ? null : daysAgo(refreshedDaysAgo),
  };
  expect(consentCauseOf(error, grant, now)).toBe(cause);
});
