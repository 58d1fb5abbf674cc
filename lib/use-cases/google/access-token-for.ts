import "server-only";
import { database } from "../../db/client.ts";
import { unlessFull } from "../../db/unless-full.ts";
import type { AccountId } from "../../domain/mail.ts";
import { decideRefresh } from "../../vault/decide-refresh.ts";
import { usableAccount } from "../accounts/usable-account.ts";
import { refreshAccessToken } from "./refresh-access-token.ts";

export interface AccessTokenOptions {
  /** A token that Gmail has just answered 401 to. */
  readonly rejected?: string | undefined;
  readonly by?: "person" | "job";
}

const usedAgainAfterMs = 60_000;

/**
 * An access token that is good for at least a minute. However many ask at once, in however many processes, one
 * expiry costs one refresh.
 * @throws AccountUnusableError when a person has to act
 * @throws OAuthError when Google does not answer; the account stays as it is
 */
export async function accessTokenFor(
  accountId: AccountId,
  options: AccessTokenOptions = {},
): Promise<string> {
  const { credential } = await usableAccount(database(), accountId);
  const decision = decideRefresh(credential, new Date(), options.rejected);
  const accessToken =
    decision.refresh === false ? decision.accessToken : await refreshAccessToken(accountId, options.rejected);
  await unlessFull(noteUse(accountId, options.by ?? "person"), undefined);
  return accessToken;
}

/** Notes when and by whom an account was last used, to the minute: a write for every page would be too dear. */
async function noteUse(accountId: AccountId, by: "person" | "job"): Promise<void> {
  const now = new Date();
  const stale = { lt: new Date(now.getTime() - usedAgainAfterMs) };
  await database().account.updateMany({
    where: { id: accountId, OR: [{ lastUsedAt: null }, { lastUsedAt: stale }] },
    data: { lastUsedAt: now, lastUsedBy: by },
  });
}
