import "server-only";
import { database } from "../db/client.ts";
import type { LabelCounts, LabelId, MessageId } from "../domain/mail.ts";
import type { Mirror } from "../domain/mirror.ts";
import { GmailError, reachOf } from "../gmail/gmail-error.ts";
import type { Mailbox } from "../gmail/mailbox.ts";
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
  const [mirror, listed] = await Promise.all([begunCopy(copy, mailbox), list(mailbox, view, cursor)]);
  const { ids, more: moreIds } = await nextPageOf(copy, listed.ids, cursor);
  const brought = await readRowsOf(copy, mailbox, ids, mirror.changes);
  const counts = await counting;
  if (counts) await storeCounts(database(), copy.accountId, counts);
  const rows = brought.rows.filter(isOlderThan(cursor));
  const more = moreIds || listed.nextPageToken !== null;
  const labelId = listOf(view.labelId);
  const state = { mirror, list: await readListState(database(), copy.accountId, labelId) };
  if (brought.kept) await noteWholeTo(copy, labelId, { rows, more, cursor, reachedMs: wholeDownToMs(state) });
  const from = (cursor?.before ?? 0) + 1;
  const total = totalOf(state, from + rows.length - 1);
  const page = pageOf(rows, { from, cursor, more, total });
  return { mirror, page: { ...page, startedOver: asked !== "" && cursor === null } };
}

function list(mailbox: Mailbox, view: LabelView, cursor: RowCursor | null) {
  const before = cursor && Math.floor(cursor.key.internalDateMs / 1000) + 1;
  return mailbox.listMessageIds({
    maxResults: pageSize + (cursor ? spare : 0),
    includeSpamTrash: view.includeSpamTrash,
    ...(view.labelId ? { labelIds: [view.labelId] } : {}),
    ...(before === null ? {} : { query: `before:${before}` }),
  });
}

type Listed = readonly { readonly id: MessageId }[];

/** A page of ids, without those of the cursor's second that are on the page before it: the copy knows them. */
async function nextPageOf({ accountId, sealer }: Copy, listed: Listed, cursor: RowCursor | null) {
  const ids = listed.map(({ id }) => id);
  const around = cursor ? await readMessages(database(), sealer, accountId, ids.slice(0, spare)) : new Map();
  const isNext = isOlderThan(cursor);
  const next = ids.filter((id) => {
    const known = around.get(id);
    return known === undefined || isNext(toRow(known));
  });
  return { ids: next.slice(0, pageSize), more: next.length > pageSize };
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
) {
  const joins = cursor === null || cursor.key.internalDateMs >= reachedMs;
  const last = rows.at(-1);
  if (!joins || rows.some((row) => row.kind === "not-loaded")) return;
  if (!more) await noteWhole(database(), accountId, labelId, 0);
  else if (last?.kind === "message")
    await noteWhole(database(), accountId, labelId, last.message.internalDateMs);
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
