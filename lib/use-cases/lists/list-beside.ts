import "server-only";
import { database } from "../../db/client.ts";
import type { MessageId } from "../../domain/mail.ts";
import { type MailList, queryOf } from "../../domain/mail-list.ts";
import type { PageRow } from "../../domain/message-page.ts";
import { longestIdPage } from "../../gmail/process-message-ids.ts";
import { type RowKey, readMessages } from "../../mailbox/message-rows.ts";
import type { Copy } from "../copy/begin-copy.ts";
import { rowOfCopy } from "../copy/rows-of-copy.ts";
import type { Lists } from "./recent-lists.ts";
import { pageSize, type RowCursor } from "./stored-page.ts";

/** Messages of the same second as the cursor's come along with the page and are left out of it. */
const spare = 10;

/** Lists that are asked for to find one page, at most: 5 units each. */
const longestWay = 10;

export interface Beside {
  readonly ids: readonly MessageId[];
  /** Whether older ones follow. */
  readonly more: boolean;
}

/**
 * A page of ids below the cursor's row, or from the top where there is none; without those of the cursor's second that are
 * on the pages before it: the copy knows them. Where very many came within one second, Gmail is asked on until the page is
 * full; one that leads in a circle is not followed.
 */
export async function listOlder(
  copy: Copy,
  lists: Lists,
  list: MailList,
  cursor: RowCursor | null,
): Promise<Beside> {
  const ids: MessageId[] = [];
  let pageToken: string | null = null;
  for (let way = 0; way < longestWay; way += 1) {
    const before = cursor && `before:${secondOf(cursor) + 1}`;
    const maxResults = pageSize + (cursor ? spare : 0);
    const listed = await lists.list(asked(list, { maxResults, query: before, pageToken }));
    ids.push(...(await onSideOf(copy, listed.ids, cursor)));
    const isCircle = listed.nextPageToken === pageToken;
    pageToken = listed.nextPageToken;
    if (ids.length >= pageSize || pageToken === null || isCircle) break;
  }
  return { ids: ids.slice(0, pageSize), more: ids.length > pageSize || pageToken !== null };
}

/**
 * The page of ids above the cursor's row. Gmail's lists lead down only, so it is asked for all that came since.
 * @returns null when that is not a whole page, or too far from the top: then the newest page is the one to show
 */
export async function listNewer(
  copy: Copy,
  lists: Lists,
  list: MailList,
  cursor: RowCursor,
): Promise<Beside | null> {
  let last: MessageId[] = [];
  let pageToken: string | null = null;
  for (let way = 0; way < longestWay; way += 1) {
    const query = `after:${secondOf(cursor) - 1}`;
    const listed = await lists.list(asked(list, { maxResults: longestIdPage, query, pageToken }));
    last = [...last, ...listed.ids.map(({ id }) => id)].slice(-pageSize - longestIdPage);
    pageToken = listed.nextPageToken;
    if (pageToken !== null) continue;
    const newer = await onSideOf(
      copy,
      last.map((id) => ({ id })),
      cursor,
    );
    return newer.length < pageSize ? null : { ids: newer.slice(-pageSize), more: true };
  }
  return null;
}

const secondOf = ({ key }: RowCursor): number => Math.floor(key.internalDateMs / 1000);

interface Asked {
  readonly maxResults: number;
  readonly query: string | null;
  readonly pageToken: string | null;
}

const asked = (list: MailList, { maxResults, query, pageToken }: Asked) => ({
  maxResults,
  ...queryOf(list),
  ...(query === null ? {} : { query }),
  ...(pageToken === null ? {} : { pageToken }),
});

async function onSideOf(
  { accountId, sealer }: Copy,
  listed: readonly { readonly id: MessageId }[],
  cursor: RowCursor | null,
): Promise<MessageId[]> {
  if (cursor === null) return listed.map(({ id }) => id);
  const ids = listed.flatMap(({ id }) => (id === cursor.key.messageId ? [] : [id]));
  const known = await readMessages(database(), sealer, accountId, ids);
  const belongs = isOnSideOf(cursor);
  return ids.filter((id) => {
    const message = known.get(id);
    return message === undefined || belongs(rowOfCopy(message));
  });
}

/** Whether a row belongs on the page that the cursor leads to; what is not known of yet does. */
export function isOnSideOf(cursor: RowCursor | null) {
  return (row: PageRow): boolean => {
    if (cursor === null || row.kind !== "message") return true;
    const { internalDateMs, id } = row.message;
    const order = compare({ internalDateMs, messageId: id }, cursor.key);
    return cursor.side === "older" ? order < 0 : order > 0;
  };
}

/** Ids are compared by their bytes, as the index has them. */
const compare = (a: RowKey, b: RowKey): number =>
  a.internalDateMs - b.internalDateMs || (a.messageId < b.messageId ? -1 : Number(a.messageId > b.messageId));
