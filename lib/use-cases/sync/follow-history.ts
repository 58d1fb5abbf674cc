import "server-only";
import { database, type Transaction } from "../../db/client.ts";
import type { CopyHead } from "../../domain/copy-head.ts";
import type { LabelId, MessageId } from "../../domain/mail.ts";
import { GmailError, malformedAnswer } from "../../gmail/gmail-error.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import type { HistoryPage, HistoryRecord } from "../../gmail/process-history.ts";
import { lockCopyHead, moveCopyHead } from "../../mailbox/copy-head.ts";
import { failedOf, forgetFailed } from "../../mailbox/failed-messages.ts";
import { noteNotWhole } from "../../mailbox/labels.ts";
import { countByList, isHiding } from "../../mailbox/listed-labels.ts";
import { readLabelsOf } from "../../mailbox/message-rows.ts";
import { changeMessages, type MessageChange } from "../../mailbox/write-messages.ts";
import type { Copy } from "../copy/begin-copy.ts";
import { fetchMessages, noteRefused, storeFetched } from "../copy/bring-in.ts";
import { tellMailboxEvent } from "./mailbox-events.ts";

const broughtInAtOnce = 100;

/**
 * Works in everything that happened since the copy's history id. 2 units for each page, and 20 for each new message.
 * @returns false when it has to be begun anew, because another process was faster or a batch was not fetched to its end
 * @throws GmailError `history-expired` when only a full synchronization helps
 */
export async function followHistory(copy: Copy, mailbox: Mailbox, begun: CopyHead): Promise<boolean> {
  let head: CopyHead | null = begun;
  const tokens = new Set<string>();
  let restarted = false;
  for (let pageToken: string | undefined; ; ) {
    const page = await pageOf(mailbox, begun.historyId, pageToken);
    if (!page) {
      if (restarted) throw malformedAnswer("history.list", "pages that lead nowhere");
      restarted = true;
      pageToken = undefined;
      tokens.clear();
      continue;
    }
    head = await workIn(copy, mailbox, head, page);
    if (!head) return false;
    if (page.nextPageToken === null) return true;
    if (tokens.has(page.nextPageToken)) throw malformedAnswer("history.list", "pages that lead in a circle");
    pageToken = page.nextPageToken;
    tokens.add(pageToken);
  }
}

/** Null when the token of the page has expired: told from the beginning once more, history does no harm. */
async function pageOf(mailbox: Mailbox, start: string, pageToken?: string): Promise<HistoryPage | null> {
  try {
    const page = await mailbox.listHistory(start, pageToken);
    if (BigInt(page.historyId) >= BigInt(start)) return page;
    // What it tells would lead the copy back.
    const details = { reason: "went-backwards" };
    throw new GmailError(
      "history-expired",
      "Gmail history.list: the mailbox stands before the copy",
      details,
    );
  } catch (error) {
    if (pageToken !== undefined && error instanceof GmailError && error.code === "bad-request") return null;
    throw error;
  }
}

/** One page of history. The messages it brings come first; then one transaction does the rest. */
async function workIn(
  copy: Copy,
  mailbox: Mailbox,
  head: CopyHead,
  page: HistoryPage,
): Promise<CopyHead | null> {
  const { accountId } = copy;
  const fresh = await bringInNew(copy, mailbox, head, page.records);
  if (!fresh) return null;
  return database().$transaction(async (tx) => {
    const now = await lockCopyHead(tx, accountId);
    if (!now || now.revision !== head.revision || now.historyId !== head.historyId) return null;
    const named = namedIn(page.records);
    const stored = await readLabelsOf(tx, accountId, named);
    await changeMessages(tx, accountId, replay(page.records, stored));
    await forgetFailed(tx, accountId, deletedBy(page.records));
    await doubtLists(tx, copy, page.records, stored);
    const isLast = page.nextPageToken === null;
    const changed = named.length > 0;
    await moveCopyHead(tx, accountId, { changed, ...(isLast ? { historyId: page.historyId } : {}) });
    const revision = now.revision + (changed ? 1n : 0n);
    if (changed) await tellMailboxEvent(tx, { accountId, revision }, { added: countByList(fresh) });
    return { ...now, revision };
  });
}

const deletedBy = (records: readonly HistoryRecord[]): MessageId[] =>
  records.flatMap(({ deleted }) => deleted.map(({ id }) => id));

/** Fetches the messages that came since. @returns their labels; null when it has to be begun anew */
async function bringInNew(
  copy: Copy,
  mailbox: Mailbox,
  { revision }: CopyHead,
  records: readonly HistoryRecord[],
): Promise<ReadonlyMap<MessageId, readonly LabelId[]> | null> {
  const { accountId } = copy;
  const deleted = new Set(deletedBy(records));
  const added = new Set(records.flatMap((record) => record.added.map(({ id }) => id)));
  const named = [...added].filter((id) => !deleted.has(id));
  const stored = await readLabelsOf(database(), accountId, named);
  const failed = await failedOf(database(), accountId, named);
  const missing = named.filter((id) => !stored.has(id) && !failed.has(id));
  // What a killed process had fetched before is new to open pages all the same.
  const fresh = new Map<MessageId, readonly LabelId[]>(stored);
  for (let at = 0; at < missing.length; at += broughtInAtOnce) {
    const fetched = await fetchMessages(copy, mailbox, missing.slice(at, at + broughtInAtOnce));
    const brought = await storeFetched(copy, fetched.messages, revision, true);
    if (!brought.stored) return null;
    await noteRefused(copy, fetched.messages);
    if (!fetched.whole) return null;
    for (const { id, labelIds } of brought.found) fresh.set(id, labelIds);
  }
  return fresh;
}

/** A message that the copy lacks may have come into a list that was whole so far. */
async function doubtLists(
  tx: Transaction,
  { accountId }: Copy,
  records: readonly HistoryRecord[],
  stored: ReadonlyMap<MessageId, unknown>,
): Promise<void> {
  const gained = records.flatMap(({ labelsAdded }) => labelsAdded).filter(({ id }) => !stored.has(id));
  const lost = records.flatMap(({ labelsRemoved }) => labelsRemoved).filter(({ id }) => !stored.has(id));
  const reappears = lost.some(({ labelIds }) => labelIds.some(isHiding));
  if (reappears) await noteNotWhole(tx, accountId, "every");
  else if (gained.length > 0)
    await noteNotWhole(
      tx,
      accountId,
      gained.flatMap(({ labelIds }) => labelIds),
    );
}

/** Every message that these records name, each once. */
const namedIn = (records: readonly HistoryRecord[]): MessageId[] => [
  ...new Set(
    records.flatMap(({ added, deleted, labelsAdded, labelsRemoved }) =>
      [...added, ...deleted, ...labelsAdded, ...labelsRemoved].map(({ id }) => id),
    ),
  ),
];

/**
 * What records make of the messages of a copy, in their order. Replaying what a message already has seen does no harm:
 * of each label, the last word stands.
 * @param stored labels of the messages that the copy has; others are passed over
 */
function replay(
  records: readonly HistoryRecord[],
  stored: ReadonlyMap<MessageId, readonly LabelId[]>,
): MessageChange[] {
  const labels = new Map<MessageId, Set<LabelId>>();
  const gone = new Set<MessageId>();
  const labelsOf = (id: MessageId): Set<LabelId> => {
    const known = labels.get(id) ?? new Set(stored.get(id));
    labels.set(id, known);
    return known;
  };
  for (const { labelsAdded, labelsRemoved, deleted } of records) {
    for (const { id, labelIds } of labelsAdded) for (const label of labelIds) labelsOf(id).add(label);
    for (const { id, labelIds } of labelsRemoved) for (const label of labelIds) labelsOf(id).delete(label);
    for (const { id } of deleted) gone.add(id);
  }
  const changed = [...labels].flatMap(([id, of]) =>
    stored.has(id) && !gone.has(id) ? [{ id, labelIds: [...of] }] : [],
  );
  return [...changed, ...[...gone].filter((id) => stored.has(id)).map((id) => ({ id, labelIds: null }))];
}
