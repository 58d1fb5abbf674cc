import "server-only";
import { database, type Transaction } from "../../db/client.ts";
import type { Account } from "../../db/generated/client.ts";
import type { AccountStatus } from "../../domain/account.ts";
import type { AccountId } from "../../domain/mail.ts";
import { SharedError } from "../../domain/shared-error.ts";
import { env } from "../../env.ts";
import { log } from "../../telemetry/log.ts";
import { type Credential, doesNotOpen, lackingKey, readCredential } from "../../vault/credential-store.ts";
import { statusNow } from "./account-status.ts";

/** The account exists and cannot be used: its state says why and what would mend it. */
export class AccountUnusableError extends SharedError {
  static override readonly errorName = "AccountUnusableError";
  readonly status: AccountStatus;

  constructor(status: AccountStatus) {
    super(`The account is ${status.state}${"cause" in status ? ` (${status.cause})` : ""}.`);
    this.status = status;
  }
}

/** What was to be read, or null when the account may not be read any more. */
export async function unlessUnusable<Result>(reading: Promise<Result>): Promise<Result | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AccountUnusableError || lackingKey(error) !== null) return null;
    throw error;
  }
}

/** How an account stands now; one that is gone counts as disconnected. */
export async function readStatus(tx: Transaction, accountId: AccountId): Promise<AccountStatus> {
  const account = await tx.account.findUnique({ where: { id: accountId } });
  return account ? statusNow(account) : { state: "DISCONNECTED", cause: "user" };
}

/** @throws AccountUnusableError when Google may not be asked for this account now */
export async function requireUsable(accountId: AccountId): Promise<void> {
  const status = await readStatus(database(), accountId);
  if (status.state !== "ACTIVE") throw new AccountUnusableError(status);
}

export interface UsableAccount {
  readonly account: Account;
  readonly credential: Credential;
}

/** An account that may be used, with what opens its mailbox. @throws AccountUnusableError */
export async function usableAccount(tx: Transaction, accountId: AccountId): Promise<UsableAccount> {
  const account = await tx.account.findUnique({ where: { id: accountId } });
  const status = account ? statusNow(account) : await readStatus(tx, accountId);
  if (!account || status.state !== "ACTIVE") throw new AccountUnusableError(status);
  const credential = await openCredential(tx, accountId);
  if (!credential) throw new AccountUnusableError({ state: "NEEDS_CONSENT", cause: "no-refresh-token" });
  return { account, credential };
}

/**
 * A credential that does not open needs its owner, or an operator who brings a key of TOKEN_KEYS back: so it is said
 * and not written down.
 */
async function openCredential(tx: Transaction, accountId: AccountId): Promise<Credential | null> {
  try {
    return await readCredential(tx, env().TOKEN_KEYS, accountId);
  } catch (error) {
    if (!doesNotOpen(error)) throw error;
    log.error(
      { event: "credential.unseal.failed", accountId },
      "a stored credential does not open with TOKEN_KEYS",
    );
    throw new AccountUnusableError({ state: "NEEDS_CONSENT", cause: "unknown" });
  }
}
