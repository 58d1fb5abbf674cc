import "server-only";
import { lockingDatabase, type Transaction } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";

/** Waiting for the others, then Google's own deadline, then a margin. */
const limits = { maxWait: 15_000, timeout: 30_000 };

/**
 * Runs `work` while no other process refreshes the same account. The lock ends with the transaction, also when the
 * process is killed. It is an advisory one: a row lock on the credential would make a reconnect wait for a slow
 * refresh (docs/decisions/0003-one-refresh-per-expiry.md).
 */
export function withRefreshLock<Result>(
  accountId: AccountId,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return lockingDatabase().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`refresh:${accountId}`}, 0))`;
    return work(tx);
  }, limits);
}
