import "server-only";
import { database } from "../db/client.ts";
import type { LabelCounts, LabelId, MessageId } from "../domain/mail.ts";
import type { Mirror } from "../domain/mirror.ts";
import { GmailError, reachOf } from "../gmail/gmail-error.ts";
import type { Mailbox } from "../gmail/mailbox.ts";
import type { MessageIdPage } from "../gmail/process-message-ids.ts";
import { noteWhole, readListState, storeCounts } from "../mailbox/labels.ts";
import { readMessages } from "../mailbox/message-rows.ts";
import type { MessagePage, PageRow } from "../message/page.ts";
import { begunCopy, type Copy } from "./copy.ts";
import type { LabelView } from "./label-view.ts";
import { decodeRowCursor, type RowCursor } from "./row-cursor.ts";
import { readRowsOf } from "./rows-of.ts";
import { listOf, pageOf, pageSize, toRow, totalOf, wholeDownToMs } from "./stored-page.ts";

/** Messages of the same second as the cursor's come along with the page and are left out of it. */
const spare = 10;

export interface LivePage {
  readonly page: MessagePage;
  readonly mirror: Mirror;
}

/**
 * A page that the copy does not have: a list and two batches, one after the other. What it brings is kept, so the next
 * look at it costs nothing.
 */
export async function readLivePage(copy: Copy, mailbox: Mailbox, asked: PageAsked): Promise<LivePage> {
  const { page, mirror } = await readFrom(copy, mailbox, asked);
  if (page.rows.length > 0 || asked.cursor === "") return { page, mirror };
  // Past the end.
  const first = await readFrom(copy, mailbox, { ...asked, cursor: "" });
  return { ...first, page: { ...first.page, startedOver: true } };
}

interface PageAsked {
  readonly view: LabelView;
  readonly cursor: string;
}

async function readFrom(copy: Copy, mailbox: Mailbox, { view, cursor: asked }: PageAsked): Promise<LivePage> {
  // Only Gmail's lists lead from a row to older ones; to newer ones the copy does, or nothing.
  const decoded = decodeRowCursor(asked);
  const cursor = decoded?.side === "older" ? decoded : null;
  const counting = countOf(mailbox, view);
  counting.catch(() => {}); // Awaited below; if the list fails first, this failure says nothing more.
  const [mirror, { ids, more }] = await Promise.all([
    begunCopy(copy, mailbox),
    listNext(copy, mailbox, view, cursor),
  ]);
  const brought = await readRowsOf(copy, mailbox, ids, mirror.changes);
  const counts = await counting;
  if (counts) await storeCounts(database(), copy.accountId, counts);
  const rows = brought.rows.filter(isOlderThan(cursor));
  const labelId = listOf(view.labelId);
  const state = { mirror, list: await readListState(database(), copy.accountId, labelId) };
  const reachedMs = wholeDownToMs(state);
  if (brought.kept) await noteWholeTo(copy, labelId, { rows, more, cursor, reachedMs }, mirror.changes);
  const from = (cursor?.before ?? 0) + 1;
  const total = totalOf(state, from + rows.length - 1);
  const page = pageOf(rows, { from, cursor, more, total });
  return { mirror, page: { ...page, startedOver: asked !== "" && cursor === null } };
}

/**
 * A page of ids, without those of the cursor's second that are on the pages before it: the copy knows them. Where very
 * many came within one second, Gmail is asked on until the page is full.
 */
async function listNext(copy: Copy, mailbox: Mailbox, view: LabelView, cursor: RowCursor | null) {
  const ids: MessageId[] = [];
  let pageToken: string | null = null;
  do {
    const listed: MessageIdPage = await list(mailbox, view, cursor, pageToken);
    ids.push(...(await withoutNewer(copy, listed, cursor)));
    pageToken = listed.nextPageToken;
  } while (ids.length < pageSize && pageToken !== null);
  return { ids: ids.slice(0, pageSize), more: ids.length > pageSize || pageToken !== null };
}

function list(mailbox: Mailbox, view: LabelView, cursor: RowCursor | null, pageToken: string | null) {
  const before = cursor && Math.floor(cursor.key.internalDateMs / 1000) + 1;
  return mailbox.listMessageIds({
    maxResults: pageSize + (cursor ? spare : 0),
    includeSpamTrash: view.includeSpamTrash,
    ...(view.labelId ? { labelIds: [view.labelId] } : {}),
    ...(before === null ? {} : { query: `before:${before}` }),
    ...(pageToken === null ? {} : { pageToken }),
  });
}

async function withoutNewer(
  { accountId, sealer }: Copy,
  listed: MessageIdPage,
  cursor: RowCursor | null,
): Promise<MessageId[]> {
  const ids = listed.ids.map(({ id }) => id);
  if (cursor === null) return ids;
  const known = await readMessages(database(), sealer, accountId, ids);
  const isNext = isOlderThan(cursor);
  return ids.filter((id) => {
    const message = known.get(id);
    return message === undefined || isNext(toRow(message));
  });
}

function isOlderThan(cursor: RowCursor | null) {
  return (row: PageRow): boolean => {
    if (cursor === null || row.kind !== "message") return true;
    const { internalDateMs, id } = row.message;
    const { key } = cursor;
    return (
      internalDateMs < key.internalDateMs || (internalDateMs === key.internalDateMs && id < key.messageId)
    );
  };
}

interface Reached {
  readonly rows: readonly PageRow[];
  readonly more: boolean;
  readonly cursor: RowCursor | null;
  /** Down to where the list was whole before. */
  readonly reachedMs: number;
}

/** A page that joins what is whole already makes the list whole down to its own end. */
async function noteWholeTo(
  { accountId }: Copy,
  labelId: LabelId,
  { rows, more, cursor, reachedMs }: Reached,
  changes: bigint,
) {
  const joins = cursor === null || cursor.key.internalDateMs >= reachedMs;
  const last = rows.at(-1);
  if (!joins || rows.some((row) => row.kind === "not-loaded")) return;
  if (!more) await noteWhole(database(), accountId, labelId, 0, changes);
  else if (last?.kind === "message")
    await noteWhole(database(), accountId, labelId, last.message.internalDateMs, changes);
}

/** A label's own count is better than a list's estimate. What no other read would survive is not hidden. */
async function countOf(mailbox: Mailbox, view: LabelView): Promise<ReadonlyMap<LabelId, LabelCounts> | null> {
  if (view.labelId === null) return null;
  try {
    return await mailbox.countLabels([view.labelId]);
  } catch (error) {
    if (error instanceof GmailError && reachOf(error.code) !== "every-read") return null;
    throw error;
  }
}
