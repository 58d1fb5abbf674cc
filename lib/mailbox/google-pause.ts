import "server-only";
import type { Transaction } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";

/** Google has asked for a pause: until it is over, nobody asks for this account, in whatever process. */
export async function notePause(tx: Transaction, accountId: AccountId, forMs: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Account" SET "askAgainAt" = greatest("askAgainAt", now() + ${forMs}::int * interval '1 millisecond')
    WHERE id = ${accountId}::uuid`;
}

/** How long that still is, in milliseconds; 0 when Google may be asked. */
export async function pauseLeftMs(tx: Transaction, accountId: AccountId): Promise<number> {
  const [found] = await tx.$queryRaw<{ left: number | null }[]>`
    SELECT ceil(1000 * extract(epoch FROM "askAgainAt" - clock_timestamp()))::int AS left
    FROM "Account" WHERE id = ${accountId}::uuid`;
  return Math.max(0, found?.left ?? 0);
}
