import "server-only";
import { database } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import { env } from "../env.ts";
import { GmailError } from "../gmail/gmail-error.ts";
import { type GmailCall, QUOTA_UNITS } from "../gmail/quota-units.ts";
import { spendUnits, unitsLeft } from "../mailbox/quota.ts";

/** A job has used up its share for the moment. Nothing was sent. */
export class QuotaPause extends Error {
  override readonly name = "QuotaPause";
  readonly waitMs: number;

  constructor(waitMs: number) {
    super(`The quota has room again in ${waitMs} ms.`);
    this.waitMs = waitMs;
  }
}

/** Of an account's units, filling leaves this share to others: more while somebody reads, a little always. */
const reserves = { reading: 0.25, idle: 0.025 } as const;

/** Somebody who was here so recently may be here still. */
const readingForMs = 5 * 60_000;

const unitsPerMinute = (): number => env().QUOTA_UNITS_PER_MINUTE;

/**
 * Books what a person's page is about to spend.
 * @throws GmailError `rate-limited` when the minute is used up, with the time until it is not
 */
export async function bookForPerson(accountId: AccountId, { method, units }: GmailCall): Promise<void> {
  const waitMs = await spendUnits(database(), { accountId, method, units, ceiling: unitsPerMinute() });
  if (waitMs > 0) {
    const details = { reason: "own-limit", retryAfterMs: waitMs };
    throw new GmailError("rate-limited", `Gmail ${method}: this minute's units are spent`, details);
  }
}

/** Filling leaves a reserve to whoever reads; following costs little, and must not wait for a filling. */
export type Work = "filling" | "following";

/** What a job may spend of an account's units in a minute. */
export async function ceilingForJob(accountId: AccountId, work: Work): Promise<number> {
  if (work === "following") return unitsPerMinute();
  const share = 1 - ((await isBeingRead(accountId)) ? reserves.reading : reserves.idle);
  return Math.floor(unitsPerMinute() * share);
}

/** Books what a job is about to spend. @throws QuotaPause */
export async function bookForJob(
  accountId: AccountId,
  { method, units }: GmailCall,
  ceiling: number,
): Promise<void> {
  const waitMs = await spendUnits(database(), { accountId, method, units, ceiling });
  if (waitMs > 0) throw new QuotaPause(waitMs);
}

/** How many messages a filling may fetch at this moment. */
export async function messagesWithinQuota(accountId: AccountId): Promise<number> {
  const left = await unitsLeft(database(), accountId, await ceilingForJob(accountId, "filling"));
  return Math.floor(left / QUOTA_UNITS["messages.get"]);
}

/** Whether a person has looked at this account's mail lately. */
export async function isBeingRead(accountId: AccountId): Promise<boolean> {
  const account = await database().account.findUnique({
    where: { id: accountId },
    select: { lastReadAt: true },
  });
  return (account?.lastReadAt?.getTime() ?? 0) > Date.now() - readingForMs;
}
