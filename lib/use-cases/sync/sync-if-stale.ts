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

/** Accounts whose next look at Google is due later, as far as this process knows. Pages until then need not ask for that. */
const lookedFor = perProcess("looks", () => new LRUCache<AccountId, true>({ max: 10_000 }));

/** Somebody has looked at a page of this account: that is noted, and the copy is brought into step. */
export async function syncIfStale(accountId: AccountId): Promise<void> {
  if (lookedFor().has(accountId)) return;
  await unlessFull(noteReading(accountId), undefined);
  const head = await readCopyHead(database(), accountId);
  if (!head) return;
  const delayMs = Math.max(0, head.syncedAt.getTime() + oldAfterMs - Date.now());
  await unlessFull(enqueueMailJob(database(), { task: "sync-mailbox", accountId, delayMs }), undefined);
  // No time to live would be for ever.
  if (delayMs > 0) lookedFor().set(accountId, true, { ttl: delayMs });
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
