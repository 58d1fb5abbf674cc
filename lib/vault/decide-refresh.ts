/** Whether a stored access token may be used, or Google has to be asked for another. A pure function. */

/** A token counts as expired this much before Google says so: clocks differ, and requests take time. */
const marginMs = 60_000;

export interface StoredAccess {
  readonly accessToken: string | null;
  readonly accessTokenExpiresAt: Date | null;
  readonly refreshToken: string | null;
}

export type RefreshDecision =
  | { readonly refresh: false; readonly accessToken: string }
  | {
      readonly refresh: true;
      readonly reason: "missing" | "expired" | "rejected";
      readonly refreshToken: string;
    }
  | { readonly refresh: "impossible" };

/**
 * @param rejected an access token that Gmail has just answered 401 to: it counts as expired, whatever its date says
 */
export function decideRefresh(stored: StoredAccess, now: Date, rejected?: string): RefreshDecision {
  const { accessToken, accessTokenExpiresAt, refreshToken } = stored;
  const fresh = accessTokenExpiresAt !== null && accessTokenExpiresAt.getTime() - marginMs > now.getTime();
  if (accessToken !== null && fresh && accessToken !== rejected) return { refresh: false, accessToken };
  if (refreshToken === null) return { refresh: "impossible" };
  const reason = accessToken === null ? "missing" : fresh ? "rejected" : "expired";
  return { refresh: true, reason, refreshToken };
}
