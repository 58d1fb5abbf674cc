import "server-only";
import { database } from "../../db/client.ts";
import { unlessFull } from "../../db/unless-full.ts";
import type { CopyHead } from "../../domain/copy-head.ts";
import type { LabelCounts, LabelId } from "../../domain/mail.ts";
import { allMail, type MailList } from "../../domain/mail-list.ts";
import type { MessagePage, PageRow } from "../../domain/message-page.ts";
import { GmailError, malformedAnswer, reachOf } from "../../gmail/gmail-error.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { noteWhole, readListState, storeCounts } from "../../mailbox/labels.ts";
import { begunCopy, type Copy } from "../copy/begin-copy.ts";
import type { OpenedCopy } from "../copy/open-copy.ts";
import { type Beside, isOnSideOf, listNewer, listOlder } from "./list-beside.ts";
import { type Lists, openLists } from "./recent-lists.ts";
import { readRowsOf } from "./rows-of.ts";
import {
  decodeRowCursor,
  firstPosition,
  pageOf,
  type RowCursor,
  totalOf,
  wholeDownToMs,
} from "./stored-page.ts";

export interface LivePage {
  readonly page: MessagePage;
  readonly head: CopyHead;
  /** What Google said instead of giving some of the rows. */
  readonly failure: GmailError | null;
}

/**
 * A page that the copy does not have: a list and two batches, one after the other, as far as the quota reaches. What it
 * brings is kept, so the next look at it costs nothing.
 */
export async function readLivePage(copy: OpenedCopy, mailbox: Mailbox, asked: PageAsked): Promise<LivePage> {
  const read = await readFrom(copy, mailbox, asked);
  if (read.page.rows.length > 0 || asked.cursor === "") return read;
  // Past the end.
  const first = await readFrom(copy, mailbox, { ...asked, cursor: "" });
  return { ...first, page: { ...first.page, startedOver: true } };
}

interface PageAsked {
  readonly list: MailList;
  readonly cursor: string;
}

async function readFrom(
  copy: OpenedCopy,
  mailbox: Mailbox,
  { list, cursor: asked }: PageAsked,
): Promise<LivePage> {
  const decoded = decodeRowCursor(asked);
  const lists = openLists(copy.accountId, copy.head?.revision ?? 0n, mailbox);
  const counting = countOf(mailbox, list);
  counting.catch(() => {}); // Awaited below; if the list fails first, this failure says nothing more.
  const [{ head }, { cursor, ids, more }] = await Promise.all([
    begunCopy(copy, mailbox),
    listFrom(copy, lists, list, decoded),
  ]);
  const brought = await readRowsOf(copy, mailbox, ids, head.revision);
  const counts = await counting;
  const isEmpty = cursor === null && ids.length === 0 && !more;
  const counted = list.id === allMail ? head.estimatedTotal : (counts?.get(list.id)?.messagesTotal ?? 0);
  // One odd answer does not empty a list. All mail may be empty in a mailbox of spam, which is counted with it.
  if (isEmpty && counted > 0 && list.id !== allMail)
    throw malformedAnswer("messages.list", "an empty list of a label that has messages");
  if (counts) await unlessFull(storeCounts(database(), copy.accountId, counts), undefined);
  const rows = brought.rows.filter(isOnSideOf(cursor));
  lists.note(
    rows.every(({ kind }) => kind !== "awaited"),
    head.revision,
  );
  const state = { head, list: await readListState(database(), copy.accountId, list.id) };
  const reachedMs = wholeDownToMs(state);
  if (brought.stored && !(isEmpty && counted > 0))
    await unlessFull(noteWholeTo(copy, list.id, { rows, more, cursor, reachedMs }, head.revision), undefined);
  const from = firstPosition(cursor, rows.length);
  const total = totalOf(state, from + rows.length - 1);
  const page = pageOf(rows, { from, cursor, more, total });
  const failure = brought.failure ?? lists.failure();
  return { head, failure, page: { ...page, startedOver: asked !== "" && decoded === null } };
}

/** What the cursor leads to. To the top of the list, where that is no page away. */
async function listFrom(
  copy: OpenedCopy,
  lists: Lists,
  list: MailList,
  cursor: RowCursor | null,
): Promise<Beside & { readonly cursor: RowCursor | null }> {
  const newer = cursor?.side === "newer" ? await listNewer(copy, lists, list, cursor) : null;
  if (newer) return { ...newer, cursor };
  const older = cursor?.side === "older" ? cursor : null;
  return { ...(await listOlder(copy, lists, list, older)), cursor: older };
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
  revision: bigint,
) {
  const joins = cursor === null || (cursor.side === "older" && cursor.key.internalDateMs >= reachedMs);
  const last = rows.at(-1);
  if (!joins || rows.some((row) => row.kind === "awaited")) return;
  if (!more) await noteWhole(database(), accountId, labelId, 0, revision);
  else if (last?.kind === "message")
    await noteWhole(database(), accountId, labelId, last.message.internalDateMs, revision);
}

/** A label's own count is better than a list's estimate. What no other read would survive is not hidden. */
async function countOf(mailbox: Mailbox, list: MailList): Promise<ReadonlyMap<LabelId, LabelCounts> | null> {
  if (list.id === allMail) return null;
  try {
    return await mailbox.countLabels([list.id]);
  } catch (error) {
    if (error instanceof GmailError && reachOf(error.code) !== "every-read") return null;
    throw error;
  }
}
