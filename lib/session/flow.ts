import "server-only";
import type { AccountId } from "../domain/mail.ts";
import type { UserId } from "../domain/people.ts";
import { env } from "../env.ts";
import { asAccountId, asUserId } from "../use-cases/my-accounts.ts";

/**
 * What a trip to Google was begun for. Kept in a cookie of the flow's own, so that whoever happens to be signed in when
 * Google answers does not decide it. It grants nothing by itself: a flow that connects needs its user's session too.
 */
export interface Flow {
  /** Who connects a further account, or reconnects one; null for a sign-in. */
  readonly connectingUserId: UserId | null;
  readonly reconnecting: AccountId | null;
}

export const flowCookie = "latchkey.flow";

export function flowCookieLine(suffix: string, { connectingUserId, reconnecting }: Flow): string {
  const secure = env().NEXTAUTH_URL.startsWith("https:") ? "; Secure" : "";
  const value = `${connectingUserId ?? "-"}.${reconnecting ?? "-"}`;
  return `${flowCookie}${suffix}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=900${secure}`;
}

/** A flow without the cookie is a sign-in: it connects nothing to anybody. */
export function readFlow(cookie: string | undefined): Flow {
  const [user = "", account = ""] = (cookie ?? "").split(".");
  return { connectingUserId: asUserId(user), reconnecting: asAccountId(account) };
}
