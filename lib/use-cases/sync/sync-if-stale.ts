import "server-only";
import { LRUCache } from "lru-cache";
import { database } from "../../db/client.ts";
import { unlessFull } from "../../db/unless-full.ts";
import type { AccountId } from "../../domain/mail.ts";
import { perProcess } from "../../domain/per-process.ts";
import { readCopyHead } from "../../mailbox/copy-head.ts";
import { enqueueMailJob } from "../../queue/mail-jobs.ts";

/**
 * Every look at a page is followed by a look at Google, this long after the one before at the soonest: should Google not
 * answer, the page says so within seconds, and old mail does not pass for fresh. 2 units.
 */
const oldAfterMs = 2_000;

/** An open page looks for itself a little sooner, so that new mail is on it within 35 seconds. */
export const lookEveryMs = 25_000;

const notedEveryMs = 60_000;

/**
 * Looks at Google that this process has asked for: `soon`, as soon as a worker is free, or `later`, when the entry's time
 * to live is over. Pages until then need not ask for another, whether or not the copy has been brought into step.
 */
const askedFor = perProcess("looks", () => new LRUCache<AccountId, "soon" | "later">({ max: 10_000 }));

/** Somebody has looked at a page of this account: that is noted, and the copy is brought into step. */
export async function syncIfStale(accountId: AccountId): Promise<void> {
  const asked = askedFor().get(accountId);
  if (asked === "later") return;
  const delayMs =
    asked === "soon" ? Math.ceil(askedFor().getRemainingTTL(accountId)) : await untilOldMs(accountId);
  if (delayMs === null) return;
  await unlessFull(enqueueMailJob(database(), { task: "sync-mailbox", accountId, delayMs }), undefined);
  // No time to live would be for ever.
  if (delayMs > 0) askedFor().set(accountId, "later", { ttl: delayMs });
  else askedFor().set(accountId, "soon", { ttl: oldAfterMs });
}

/** Notes that somebody reads. @returns ms until the copy counts as old; null where there is none yet */
async function untilOldMs(accountId: AccountId): Promise<number | null> {
  await unlessFull(noteReading(accountId), undefined);
  const head = await readCopyHead(database(), accountId);
  return head && Math.max(0, head.syncedAt.getTime() + oldAfterMs - Date.now());
}

/** An open page looks at its mailbox, at its own pace: that is noted, and the copy is brought into step. */
export async function syncOpenPage(accountId: AccountId): Promise<void> {
  await noteReading(accountId);
  const head = await readCopyHead(database(), accountId);
  if (!head || head.syncedAt.getTime() > Date.now() - (lookEveryMs - 5_000)) return;
  await enqueueMailJob(database(), { task: "sync-mailbox", accountId });
}

async function noteReading(accountId: AccountId): Promise<void> {
  const stale = { lt: new Date(Date.now() - notedEveryMs) };
  await database().account.updateMany({
    where: { id: accountId, OR: [{ lastReadAt: null }, { lastReadAt: stale }] },
    data: { lastReadAt: new Date() },
  });
}
