import "server-only";
import { database } from "../../db/client.ts";
import type { CopyHead } from "../../domain/copy-head.ts";
import type { MessageId } from "../../domain/mail.ts";
import { env } from "../../env.ts";
import { GmailError } from "../../gmail/gmail-error.ts";
import type { FetchedMessage, Mailbox } from "../../gmail/mailbox.ts";
import { longestIdPage, type MessageIdPage } from "../../gmail/process-message-ids.ts";
import { batchSize } from "../../gmail/read-by-batch.ts";
import { failedOf } from "../../mailbox/failed-messages.ts";
import { countSince, readLabelsOf } from "../../mailbox/message-rows.ts";
import type { Copy } from "../copy/begin-copy.ts";
import { fetchMessages } from "../copy/bring-in.ts";
import { messagesPerSecond, messagesWithinQuota, QuotaPause } from "../google/quota.ts";

/** A batch that Gmail has been asked for. */
export interface AskedBatch {
  readonly messages: Promise<FetchedBatch>;
  /** When it is the last one of a page of ids: that page. */
  readonly completes: ListedPage | null;
}

export interface FetchedBatch {
  readonly messages: readonly FetchedMessage[];
  /** Whether the batch was fetched to its end. */
  readonly whole: boolean;
  /** Why it was not, when that was the quota. */
  readonly pause: QuotaPause | null;
}

export interface ListedPage {
  readonly ids: readonly MessageId[];
  readonly nextPageToken: string | null;
  /** Whether nothing is to be brought in after it: the mailbox ends here, or MIRROR_DEPTH is reached. */
  readonly isLast: boolean;
}

/**
 * Asks for what the copy lacks, newest first, batch after batch from where the filling stands; for the next page of ids
 * together with the last batch of the one before it. Whoever pulls the next batch before looking at this one keeps Gmail
 * always one ahead.
 * @throws QuotaPause, GmailError, OAuthError
 */
export async function* askForMissing(
  copy: Copy,
  mailbox: Mailbox,
  head: CopyHead,
): AsyncGenerator<AskedBatch> {
  const depth = env().MIRROR_DEPTH ?? Number.POSITIVE_INFINITY;
  let reached = await reachedBy(head);
  const tokens = new Set<string | null>([head.fillToken]);
  const seen = new Set<MessageId>();
  const atOnce = fetchedAtOnce();
  let listing = awaitedLater(listFrom(mailbox, head.fillToken));
  try {
    for (;;) {
      const { nextPageToken, ...listed } = await listing;
      const ids = listed.ids.map(({ id }) => id);
      const missing = await missingOf(copy, ids);
      reached += ids.length;
      // Pages that lead in a circle would never end: what was seen of them is all there is, and is held against the count.
      const isCircle =
        (nextPageToken !== null && tokens.has(nextPageToken)) ||
        (ids.length > 0 && ids.every((id) => seen.has(id)));
      const leadsOn = isCircle ? null : nextPageToken;
      tokens.add(leadsOn);
      for (const id of ids) seen.add(id);
      const isLast = leadsOn === null || reached >= depth;
      for (let at = 0; at === 0 || at < missing.length; at += atOnce) {
        const messages = awaitedLater(fetchWithinQuota(copy, mailbox, missing.slice(at, at + atOnce)));
        const isPagesLast = at + atOnce >= missing.length;
        if (isPagesLast && !isLast) listing = awaitedLater(listFrom(mailbox, leadsOn));
        yield { messages, completes: isPagesLast ? { ids, nextPageToken: leadsOn, isLast } : null };
      }
      if (isLast) return;
    }
  } finally {
    // Nothing of a time slice goes on after it.
    await listing.catch(() => {});
  }
}

/** A batch, or as much of it as the quota leaves room for: what is left of a minute is used up, too. */
async function fetchWithinQuota(
  copy: Copy,
  mailbox: Mailbox,
  ids: readonly MessageId[],
): Promise<FetchedBatch> {
  try {
    return { ...(await fetchMessages(copy, mailbox, ids)), pause: null };
  } catch (error) {
    if (!(error instanceof QuotaPause)) throw error;
    const some = ids.slice(0, await messagesWithinQuota(copy.accountId, "fill"));
    // Another call may have been faster: then this one pauses as well.
    if (some.length === 0 || some.length === ids.length) throw error;
    const { messages } = await fetchMessages(copy, mailbox, some);
    return { messages, whole: false, pause: error };
  }
}

/** How many of the newest messages the filling has been through, where MIRROR_DEPTH asks for that. */
async function reachedBy({ accountId, fillToken, filledDownToMs }: CopyHead): Promise<number> {
  if (env().MIRROR_DEPTH === null || fillToken === null || filledDownToMs === null) return 0;
  // The mark is the newest of the last page that is all there.
  return (await countSince(database(), accountId, filledDownToMs)) + longestIdPage;
}

/**
 * A batch, or what the quota allows in two seconds: units that are spent evenly come back evenly, and whoever waits for some a
 * minute later waits two seconds, not five. Smaller ones would cost more in lists, of which each time slice asks for one.
 */
const fetchedAtOnce = (): number => Math.min(batchSize, 2 * messagesPerSecond());

function awaitedLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

async function listFrom(mailbox: Mailbox, pageToken: string | null): Promise<MessageIdPage> {
  const request = { maxResults: longestIdPage, includeSpamTrash: true };
  if (pageToken === null) return mailbox.listMessageIds(request);
  try {
    return await mailbox.listMessageIds({ ...request, pageToken });
  } catch (error) {
    // Page tokens expire. From the top on, what is stored already is only listed once more.
    if (!(error instanceof GmailError) || error.code !== "bad-request") throw error;
    return mailbox.listMessageIds(request);
  }
}

async function missingOf({ accountId }: Copy, ids: readonly MessageId[]): Promise<MessageId[]> {
  const stored = await readLabelsOf(database(), accountId, ids);
  const missing = ids.filter((id) => !stored.has(id));
  const failed = missing.length > 0 ? await failedOf(database(), accountId, missing) : new Set<MessageId>();
  return missing.filter((id) => !failed.has(id));
}
