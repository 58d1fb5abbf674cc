import "server-only";
import { lockingDatabase, type Transaction } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import type { AccountId } from "../domain/mail.ts";
import { SharedError } from "../domain/shared-error.ts";

/** Waiting for the others, then Google's own deadline, then a margin. */
const limits = { maxWait: 10_000, timeout: 30_000 };

/** So many refreshes wait for Google that this one could not begin. Nothing was asked and nothing was changed. */
export class RefreshLockBusyError extends SharedError {
  static override readonly errorName = "RefreshLockBusyError";
  readonly code = "refresh-lock-busy";

  constructor(cause: unknown) {
    super("No connection was free to hold the refresh lock with.", { cause });
  }
}

/**
 * Runs `work` while no other process refreshes the same account. The lock ends with the transaction, also when the
 * process is killed. It is an advisory one: a row lock on the credential would make a reconnect wait for a slow
 * refresh (docs/decisions/0003-one-refresh-per-expiry.md).
 * @throws RefreshLockBusyError when every connection is held by a refresh that waits for Google
 */
export async function withRefreshLock<Result>(
  accountId: AccountId,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const progress = { begun: false };
  try {
    return await lockingDatabase().$transaction(async (tx) => {
      progress.begun = true;
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`refresh:${accountId}`}, 0))`;
      return work(tx);
    }, limits);
  } catch (error) {
    if (!progress.begun && isPoolTimeout(error)) throw new RefreshLockBusyError(error);
    throw error;
  }
}

/** P2028: no transaction could be started in time; the other words are those of node-postgres' pool. */
const isPoolTimeout = (error: unknown): boolean =>
  (error instanceof Prisma.PrismaClientKnownRequestError && ["P2024", "P2028"].includes(error.code)) ||
  (error instanceof Error && /timeout exceeded when trying to connect/.test(error.message));
