import "server-only";
import { z } from "zod";
import { database } from "../../db/client.ts";
import type { CopyHead } from "../../domain/copy-head.ts";
import type { LabelId } from "../../domain/mail.ts";
import type { MessagePage, PageRow } from "../../domain/message-page.ts";
import type { ListState } from "../../mailbox/labels.ts";
import { type RowKey, readRows } from "../../mailbox/message-rows.ts";
import type { Copy } from "../copy/begin-copy.ts";
import { reportDamaged, rowOfCopy } from "../copy/rows-of-copy.ts";

/**
 * Where a page of a list begins: beside which row, on which side of it, and how many rows are newer than that. Opaque in
 * the address; whatever comes back from there is parsed.
 */
export interface RowCursor {
  readonly side: "older" | "newer";
  readonly key: RowKey;
  /** Older: rows before the page. Newer: rows before the page's end. */
  readonly before: number;
}

const cursorForm = /^([on])(\d{1,16})-(\d{1,9})-([0-9A-Za-z_-]{1,64})$/;

const cursorSchema = z.tuple([
  z.enum(["o", "n"]),
  z.coerce.number().int(),
  z.coerce.number().int(),
  z.string(),
]);

export const encodeRowCursor = ({ side, key, before }: RowCursor): string =>
  `${side === "older" ? "o" : "n"}${key.internalDateMs}-${before}-${key.messageId}`;

/** The cursor, or null when the text is none. */
export function decodeRowCursor(text: string): RowCursor | null {
  const parsed = cursorSchema.safeParse(cursorForm.exec(text)?.slice(1));
  if (!parsed.success) return null;
  const [side, internalDateMs, before, messageId] = parsed.data;
  if (!Number.isSafeInteger(internalDateMs)) return null;
  return { side: side === "o" ? "older" : "newer", key: { internalDateMs, messageId }, before };
}

export const pageSize = 50;

export interface StoredPage {
  /** All that the copy has of it. */
  readonly page: MessagePage;
  /** Whether that is what Gmail would show: nothing that belongs on it is missing from the copy. */
  readonly whole: boolean;
}

/** Where a list is, as far as the copy knows. */
export interface ListInCopy {
  readonly head: CopyHead;
  readonly list: ListState | null;
}

/** Down to where a list is whole, in milliseconds; infinity when nothing is certain. */
export function wholeDownToMs({ head, list }: ListInCopy): number {
  const { filledDownToMs } = head;
  return Math.min(
    filledDownToMs ?? Number.POSITIVE_INFINITY,
    list?.wholeDownToMs ?? Number.POSITIVE_INFINITY,
  );
}

/** A page of the copy: rows from one range of an index. */
export async function readStoredPage(
  { accountId, sealer }: Copy,
  state: ListInCopy,
  labelId: LabelId,
  cursor: RowCursor | null,
): Promise<StoredPage> {
  const floorMs = wholeDownToMs(state);
  const asked = { accountId, labelId, from: cursor, limit: pageSize + 1 };
  const found = await readRows(database(), sealer, asked);
  const atTop = cursor?.side === "newer" && found.length <= pageSize;
  // The newest page is always a full one: whoever comes back to it sees the list from its top.
  if (atTop) return readStoredPage({ accountId, sealer }, state, labelId, null);
  if (cursor && found.length === 0 && floorMs === 0) {
    const first = await readStoredPage({ accountId, sealer }, state, labelId, null);
    return { ...first, page: { ...first.page, startedOver: true } };
  }
  const withheld = await reportDamaged(accountId, found);
  const rows = cursor?.side === "newer" ? found.slice(-pageSize) : found.slice(0, pageSize);
  const more = found.length > pageSize || floorMs > 0;
  const certain = rows.every(({ internalDateMs }) => internalDateMs >= floorMs);
  const whole = floorMs === 0 || (rows.length === pageSize && certain);
  const from = firstPosition(cursor, rows.length);
  return {
    whole,
    page: pageOf(
      rows.map((row) => rowOfCopy(row, withheld)),
      { from, cursor, more, total: totalOf(state, from + rows.length - 1) },
    ),
  };
}

/** The position of a page's first row, from 1. */
export function firstPosition(cursor: RowCursor | null, rows: number): number {
  if (cursor === null) return 1;
  return cursor.side === "older" ? cursor.before + 1 : Math.max(1, cursor.before - rows + 1);
}

interface Around {
  readonly from: number;
  readonly cursor: RowCursor | null;
  /** Whether older rows follow. */
  readonly more: boolean;
  readonly total: MessagePage["total"];
}

/** Rows with their position and the ways on. */
export function pageOf(rows: readonly PageRow[], { from, cursor, more, total }: Around): MessagePage {
  // Of rows that have not come yet nobody knows the date: the ways on begin at those that have.
  const known = rows.flatMap(keyed);
  const [first, last] = [known.at(0), known.at(-1)];
  const isFirstPage = cursor === null || from === 1;
  return {
    rows,
    from,
    to: from + rows.length - 1,
    total,
    newer: isFirstPage
      ? null
      : first
        ? newerThan(first.key, from + first.at - 1)
        : newerThan(justOlder(cursor.key), from - 1),
    older: more && last ? encodeRowCursor({ side: "older", key: last.key, before: from + last.at }) : null,
    startedOver: false,
  };
}

/** A place between this row and the next older one. */
const justOlder = ({ internalDateMs, messageId }: RowKey): RowKey => ({
  internalDateMs,
  messageId: messageId.slice(0, -1) || messageId,
});

/** The way to newer rows: to the top of the list, when that is a page away. */
const newerThan = (key: RowKey, before: number): string =>
  before <= pageSize ? "" : encodeRowCursor({ side: "newer", key, before });

interface KeyedRow {
  readonly key: RowKey;
  /** How many rows of the page are above it. */
  readonly at: number;
}

const keyed = (row: PageRow, at: number): KeyedRow[] =>
  row.kind === "message"
    ? [{ at, key: { internalDateMs: row.message.internalDateMs, messageId: row.message.id } }]
    : [];

/** How long a list is: counted where the copy is whole; otherwise as Google said, and never less than is shown. */
export function totalOf({ head, list }: ListInCopy, shown: number): MessagePage["total"] {
  if (head.filledDownToMs === 0) return { count: list?.counts.messagesTotal ?? 0, exact: true };
  const said = list?.atGoogle?.messagesTotal ?? null;
  return said === null ? null : { count: Math.max(said, shown), exact: false };
}
