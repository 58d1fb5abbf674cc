import "server-only";
import { database } from "../../db/client.ts";
import { unlessFull } from "../../db/unless-full.ts";
import type { AccountId } from "../../domain/mail.ts";
import { SharedError } from "../../domain/shared-error.ts";
import type { CallersOwn } from "../../domain/single-flight.ts";
import { env } from "../../env.ts";
import { GmailError } from "../../gmail/gmail-error.ts";
import { type GmailCall, quotaUnits } from "../../gmail/quota-units.ts";
import { pauseLeftMs, type Spending, spendUnits, unitsLeft } from "../../mailbox/quota.ts";
import { metrics } from "../../telemetry/metrics.ts";

/** A job has used up its share for the moment. Nothing was sent. */
export class QuotaPause extends SharedError implements CallersOwn {
  static override readonly errorName = "QuotaPause";
  readonly isCallersOwn = true;
  readonly waitMs: number;

  constructor(waitMs: number) {
    super(`The quota has room again in ${waitMs} ms.`);
    this.waitMs = waitMs;
  }
}

/**
 * Of an account's units, filling leaves this share to others: more while somebody reads, a little always. What it takes is
 * spread over the minute, so that a second brings room for whoever comes.
 */
const reserves = { reading: 0.25, idle: 0.01 } as const;

/** Rows that an open page waits for leave this to what is asked meanwhile: lists, messages, attachments. */
const reserveForPersons = 0.02;

/** Somebody who was here so recently may be here still. */
const readingForMs = 5 * 60_000;

const unitsPerMinute = (): number => env().QUOTA_UNITS_PER_MINUTE;

/**
 * Books what a person's page is about to spend.
 * @throws GmailError `rate-limited` when the minute is used up, with the time until it is not
 */
export async function bookForPerson(accountId: AccountId, { method, units }: GmailCall): Promise<void> {
  const ceiling = unitsPerMinute();
  const waitMs = await unlessFull(spendUnits(database(), { accountId, method, units, ceiling }), 0);
  if (waitMs > 0) {
    const details = { reason: "own-limit", retryAfterMs: waitMs };
    throw new GmailError("rate-limited", `Gmail ${method}: this minute's units are spent`, details);
  }
  metrics().units.inc({ by: "person" }, units);
}

/**
 * What a job works on. Filling leaves a reserve to whoever reads, and pauses while they wait. A sync costs little, and must not
 * wait for a filling; no more must the rows that a page shows the places of.
 */
export type Work = "fill" | "sync" | "show";

/** What a job may spend of an account's units, and whether others go before it. */
export type Share = Pick<Spending, "ceiling" | "givesWay">;

export async function shareOf(accountId: AccountId, work: Work): Promise<Share> {
  const limit = unitsPerMinute();
  if (work === "sync") return { ceiling: limit };
  if (work === "show") return { ceiling: Math.floor(limit * (1 - reserveForPersons)) };
  const share = 1 - ((await isBeingRead(accountId)) ? reserves.reading : reserves.idle);
  return { ceiling: Math.floor(limit * share), givesWay: true };
}

/** Books what a job is about to spend. @throws QuotaPause */
export async function bookForJob(
  accountId: AccountId,
  { method, units }: GmailCall,
  share: Share,
): Promise<void> {
  const waitMs = await spendUnits(database(), { accountId, method, units, ...share });
  if (waitMs > 0) throw new QuotaPause(waitMs);
  metrics().units.inc({ by: "job" }, units);
}

/** How many messages a second has room for. */
export const messagesPerSecond = (): number => Math.ceil(unitsPerMinute() / 60 / quotaUnits["messages.get"]);

/** How many messages may be fetched at this moment: by a job for this work, or for a person. */
export async function messagesWithinQuota(accountId: AccountId, by: Work | "person"): Promise<number> {
  const share = by === "person" ? { ceiling: unitsPerMinute() } : await shareOf(accountId, by);
  return Math.floor((await unitsLeft(database(), { accountId, ...share })) / quotaUnits["messages.get"]);
}

/** Whether a person has looked at this account's mail lately. */
export async function isBeingRead(accountId: AccountId): Promise<boolean> {
  const account = await database().account.findUnique({
    where: { id: accountId },
    select: { lastReadAt: true },
  });
  return (account?.lastReadAt?.getTime() ?? 0) > Date.now() - readingForMs;
}

/** @throws GmailError `rate-limited` while a pause that Google has asked for is not over, with the time that is left */
export async function requireNoPause(accountId: AccountId): Promise<void> {
  const retryAfterMs = await pauseLeftMs(database(), accountId);
  if (retryAfterMs === 0) return;
  throw new GmailError("rate-limited", "Google has asked for a pause", { reason: "pause", retryAfterMs });
}
