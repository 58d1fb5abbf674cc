import "server-only";
import { database } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import { type Indexed, readUnindexed, storeIndexed } from "../../mailbox/index-messages.ts";
import type { StoredMessage } from "../../mailbox/message-rows.ts";
import type { Step, TimeSlice } from "../../queue/mail-jobs.ts";
import { openCopy } from "../copy/open-copy.ts";
import { storedMetadata } from "../copy/rows-of-copy.ts";

/** Rows that are opened and written at once: some 20 ms. */
const atOnce = 250;

/**
 * Gives messages that were kept before there were columns for threads and senders their columns, for the length of a time
 * slice, from what is sealed: Google is not asked. Wherever it is interrupted, it goes on there.
 * @throws AccountUnusableError
 */
export async function indexMailbox(accountId: AccountId, slice: TimeSlice): Promise<Step> {
  const { sealer } = await openCopy(accountId);
  do {
    const rows = await readUnindexed(database(), sealer, accountId, atOnce);
    if (rows === null) return { done: true };
    const isLast = rows.length < atOnce;
    const to = isLast ? null : (rows.at(-1)?.id ?? null);
    await storeIndexed(database(), sealer, accountId, rows.flatMap(indexed), to);
    if (isLast) return { done: true };
  } while (!slice.isOver());
  return { done: false, waitMs: 0 };
}

/** One that does not open is passed over: when it is fetched anew, it gets its columns. */
function indexed(row: StoredMessage): Indexed[] {
  const found = storedMetadata(row);
  return found === null ? [] : [{ id: row.id, threadId: found.threadId, from: found.metadata.from }];
}
