import type { AccountId } from "../../domain/mail.ts";

/**
 * Gmail takes one batch after another per user. The rows of a list are what a person waits for, so the counts beside
 * the labels let them go first.
 */
const held = globalThis as { latchkeyPageReads?: Map<AccountId, Set<Promise<unknown>>> };

/** Runs a page's reading, and lets others see that it is under way. */
export function holdTurn<Result>(accountId: AccountId, read: () => Promise<Result>): Promise<Result> {
  held.latchkeyPageReads ??= new Map();
  const reads = held.latchkeyPageReads;
  const underWay = reads.get(accountId) ?? new Set();
  reads.set(accountId, underWay);
  const reading = read().finally(() => {
    underWay.delete(reading);
    if (underWay.size === 0 && reads.get(accountId) === underWay) reads.delete(accountId);
  });
  underWay.add(reading);
  return reading;
}

/** Waits for the pages of this account that are being read right now, however they end. */
export async function letRowsGoFirst(accountId: AccountId): Promise<void> {
  await Promise.allSettled(held.latchkeyPageReads?.get(accountId) ?? []);
}
