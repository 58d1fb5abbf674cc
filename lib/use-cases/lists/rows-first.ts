import type { AccountId } from "../../domain/mail.ts";
import { perProcess } from "../../domain/per-process.ts";

/**
 * Gmail takes one batch after another per user. The rows of a list are what a person waits for, so the counts beside
 * the labels let them go first.
 */
const pageReads = perProcess("page-reads", () => new Map<AccountId, Set<Promise<unknown>>>());

/** Runs `read`, which reads the rows of a page, and lets others see that it is under way. */
export function noteRowRead<Result>(accountId: AccountId, read: () => Promise<Result>): Promise<Result> {
  const reads = pageReads();
  const underWay = reads.get(accountId) ?? new Set();
  reads.set(accountId, underWay);
  const rowRead = read().finally(() => {
    underWay.delete(rowRead);
    if (underWay.size === 0 && reads.get(accountId) === underWay) reads.delete(accountId);
  });
  underWay.add(rowRead);
  return rowRead;
}

/** Waits for the pages of this account that are being read right now, however they end. */
export async function letRowsGoFirst(accountId: AccountId): Promise<void> {
  await Promise.allSettled(pageReads().get(accountId) ?? []);
}
