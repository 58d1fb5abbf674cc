import "server-only";
import { database } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import { env } from "../../env.ts";
import { forgetMailbox } from "../../mailbox/forget-mailbox.ts";
import { discardCredential } from "../../vault/credential-store.ts";
import { lockAccount } from "../../vault/lock-account.ts";
import { changeAccountState } from "../change-account-state.ts";

export type KeyLostOutcome = { readonly accounts: number } | "still-there";

/**
 * The operator says that a key of TOKEN_KEYS will never come back. What it has sealed is noise, so it is removed; each owner
 * is asked to reconnect, and mail is brought in anew. Not for a key that this server has.
 */
export async function declareKeyLost(keyId: string): Promise<KeyLostOutcome> {
  if (env().TOKEN_KEYS.some(({ id }) => id === keyId)) return "still-there";
  let accounts = 0;
  for (;;) {
    const row = await database().dataKey.findFirst({ where: { keyId }, select: { accountId: true } });
    if (!row) return { accounts };
    if (await startAnew(row.accountId as AccountId, keyId)) accounts += 1;
  }
}

function startAnew(accountId: AccountId, keyId: string): Promise<boolean> {
  return database().$transaction(async (tx) => {
    await lockAccount(tx, accountId);
    // It may have been disconnected, or rotated by an instance that has the key.
    if ((await tx.dataKey.count({ where: { accountId, keyId } })) === 0) return false;
    await discardCredential(tx, accountId);
    await forgetMailbox(tx, accountId);
    const status = { state: "NEEDS_CONSENT", cause: "no-refresh-token" } as const;
    const reason = `The key "${keyId}" of TOKEN_KEYS is lost.`;
    await changeAccountState(tx, status, {
      action: "account-needs-consent",
      actor: "operator",
      accountId,
      reason,
    });
    return true;
  });
}
