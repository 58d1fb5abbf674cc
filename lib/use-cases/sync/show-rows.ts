import "server-only";
import { database } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import type { FetchedMessage } from "../../gmail/mailbox.ts";
import { batchSize } from "../../gmail/read-by-batch.ts";
import { readCopyHead } from "../../mailbox/copy-head.ts";
import { forgetFailed } from "../../mailbox/failed-messages.ts";
import { forgetWanted, readWanted } from "../../mailbox/wanted-messages.ts";
import type { Step, TimeSlice } from "../../queue/mail-jobs.ts";
import { fetchMessages, noteRefused, storeFetched } from "../copy/bring-in.ts";
import { openCopy } from "../copy/open-copy.ts";
import { mendRows } from "../copy/rows-of-copy.ts";
import { mailboxForJob } from "../google/mailbox-for.ts";
import { messagesWithinQuota } from "../google/quota.ts";
import { tellMailboxEvent } from "./mailbox-events.ts";

/** Rows that are waited for when there is room for none: a second or so brings them, and filling pauses meanwhile. */
const waitedForAtOnce = 5;

/**
 * Fetches the rows that open pages wait for, the nearest first, and tells the pages when they are here. What is fetched so
 * the filling need not fetch any more.
 * @throws QuotaPause, GmailError, OAuthError, AccountUnusableError
 */
export async function showRows(accountId: AccountId, slice: TimeSlice): Promise<Step> {
  const copy = await openCopy(accountId);
  const mailbox = mailboxForJob(accountId, "show", slice.signal);
  for (;;) {
    const head = await readCopyHead(database(), accountId);
    const wanted = head ? await readWanted(database(), accountId, batchSize) : [];
    if (!head || wanted.length === 0) return { done: true };
    const room = await messagesWithinQuota(accountId, "show");
    const ids = wanted.slice(0, room === 0 ? waitedForAtOnce : room);
    const { messages } = await fetchMessages(copy, mailbox, ids);
    const { found, stored } = await storeFetched(copy, messages, head.revision);
    await forgetFailed(database(), accountId, await mendRows(copy, found));
    // These may still come: Gmail asks for a pause.
    const [limited] = messages.flatMap((one) =>
      one.status === "failed" && isLimited(one) ? [one.error] : [],
    );
    const settled = messages.filter((one) => !isLimited(one));
    await noteRefused(
      copy,
      settled.filter(({ status }) => status === "failed"),
    );
    if (stored) {
      const ids = settled.map((one) => (one.status === "found" ? one.message.id : one.id));
      await forgetWanted(database(), accountId, ids);
      if (ids.length > 0) await tellMailboxEvent(database(), head, { added: {}, arrived: ids });
    }
    if (limited) throw limited;
    if (slice.isOver()) return { done: false, waitMs: 0 };
  }
}

const isLimited = (one: FetchedMessage) => one.status === "failed" && one.error.code === "rate-limited";
