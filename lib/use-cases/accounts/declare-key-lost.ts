import "server-only";
import { database } from "../../db/client.ts";
import { accountIdOf } from "../../domain/ids.ts";
import type { AccountId } from "../../domain/mail.ts";
import { env } from "../../env.ts";
import { log, messageOf } from "../../telemetry/log.ts";
import { changeAccountState } from "./change-account-state.ts";
import { discardSealed } from "./discard-sealed.ts";

/** What hangs on a key of TOKEN_KEYS that this process does not have. */
export interface KeyUse {
  readonly accounts: readonly AccountId[];
  /** When Google last refreshed one of them: an instance that did so has the key. */
  readonly lastRefreshedAt: Date | null;
}

export type KeyInQuestion = KeyUse | "still-there";

export async function keyUse(keyId: string): Promise<KeyInQuestion> {
  if (env().TOKEN_KEYS.some(({ id }) => id === keyId)) return "still-there";
  const rows = await database().dataKey.findMany({
    where: { keyId },
    select: { accountId: true, account: { select: { lastRefreshedAt: true } } },
  });
  const refreshed = rows.map(({ account }) => account.lastRefreshedAt?.getTime() ?? 0);
  const last = Math.max(0, ...refreshed);
  return {
    accounts: rows.map(({ accountId }) => accountIdOf(accountId)),
    lastRefreshedAt: last === 0 ? null : new Date(last),
  };
}

/**
 * The operator says that a key will never come back. What it has sealed is noise, so it is removed; each owner is asked to
 * reconnect, and mail is brought in anew.
 * @returns accounts of which that failed
 */
export async function declareKeyLost(keyId: string, { accounts }: KeyUse): Promise<AccountId[]> {
  const failed: AccountId[] = [];
  for (const accountId of accounts) {
    try {
      await startAnew(accountId, keyId);
    } catch (error) {
      log.error(
        { event: "account.reset.failed", accountId, error: messageOf(error) },
        "what a lost key had sealed could not be removed",
      );
      failed.push(accountId);
    }
  }
  return failed;
}

async function startAnew(accountId: AccountId, keyId: string): Promise<void> {
  // It may have been disconnected, or rotated by an instance that has the key.
  if ((await database().dataKey.count({ where: { accountId, keyId } })) === 0) return;
  await discardSealed(accountId);
  const status = { state: "NEEDS_CONSENT", cause: "no-refresh-token" } as const;
  const because = { kind: "key-lost", keyId } as const;
  const event = { action: "account-needs-consent", actor: "operator", accountId, because } as const;
  await database().$transaction((tx) => changeAccountState(tx, status, event));
}
