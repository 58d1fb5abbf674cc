import "server-only";
import type { Transaction } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";

/**
 * Whoever writes an account's state or its credential takes the account's row first: what is read after that is true
 * until the end of the transaction, and two writers never wait for each other in a circle. Held for writing only, not
 * while Google is asked.
 */
export async function lockAccount(tx: Transaction, accountId: AccountId): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM "Account" WHERE id = ${accountId}::uuid FOR NO KEY UPDATE`;
}

/** Locks the row of the account with this Google `sub`, where there is one, as {@link lockAccount} does. */
export async function lockAccountOf(tx: Transaction, sub: string): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM "Account" WHERE sub = ${sub} FOR NO KEY UPDATE`;
}
