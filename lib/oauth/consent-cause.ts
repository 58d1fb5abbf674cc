import type { ConsentCause } from "../domain/account.ts";
import type { OAuthError } from "./oauth-error.ts";

const sixMonthsMs = 180 * 24 * 60 * 60 * 1000;

export interface DeadGrant {
  readonly refreshTokenExpiresAt: Date | null;
  readonly lastRefreshedAt: Date | null;
}

/**
 * Why a grant is dead, as far as `invalid_grant` lets one know: Google names a subtype for session control, and
 * otherwise says the same words for a revocation and for an expiry.
 */
export function consentCauseOf(error: OAuthError, grant: DeadGrant, now: Date): ConsentCause {
  if (error.subtype === "invalid_rapt") return "policy";
  if (grant.refreshTokenExpiresAt && grant.refreshTokenExpiresAt <= now) return "expired";
  if (grant.lastRefreshedAt && now.getTime() - grant.lastRefreshedAt.getTime() > sixMonthsMs)
    return "expired";
  if (/revoked/i.test(error.description ?? "")) return "revoked-by-user";
  return "unknown";
}
