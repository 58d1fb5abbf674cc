import "server-only";
import { database } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import { readMirror } from "../mailbox/mirror.ts";
import { wantMailJob } from "./mail-jobs.ts";

/** A page that is older than this brings its account's turn forward. */
const oldAfterMs = 30_000;

/** An open page looks for itself a little sooner, so that new mail is on it within 35 seconds. */
export const lookEveryMs = 25_000;

const notedEveryMs = 60_000;

/** Pages that follow each other fast need not ask the database each time whether somebody reads. */
const askedEveryMs = 5_000;

const held = globalThis as { latchkeyLooks?: Map<AccountId, number> };

/** Somebody has looked at a page of this account: that is noted, and when the copy is old, it is brought into step. */
export async function keepFresh(accountId: AccountId): Promise<void> {
  held.latchkeyLooks ??= new Map();
  const looks = held.latchkeyLooks;
  const now = Date.now();
  if ((looks.get(accountId) ?? 0) > now - askedEveryMs) return;
  looks.delete(accountId);
  looks.set(accountId, now);
  const [oldest] = looks.keys();
  if (looks.size > 10_000 && oldest) looks.delete(oldest);
  await noteReading(accountId);
  await wantSyncIfOlder(accountId, oldAfterMs);
}

/** A page stands open: the same, at its own pace. */
export async function keepInStep(accountId: AccountId): Promise<void> {
  await noteReading(accountId);
  await wantSyncIfOlder(accountId, lookEveryMs - 5_000);
}

async function noteReading(accountId: AccountId): Promise<void> {
  const stale = { lt: new Date(Date.now() - notedEveryMs) };
  await database().account.updateMany({
    where: { id: accountId, OR: [{ lastReadAt: null }, { lastReadAt: stale }] },
    data: { lastReadAt: new Date() },
  });
}

async function wantSyncIfOlder(accountId: AccountId, ageMs: number): Promise<void> {
  const mirror = await readMirror(database(), accountId);
  if (!mirror || mirror.syncedAt.getTime() > Date.now() - ageMs) return;
  await wantMailJob(database(), { task: "sync-mailbox", accountId });
}
