import "server-only";
import { type MailList, queryOf } from "../../domain/mail-list.ts";
import type { MessagePage } from "../../domain/message-page.ts";
import { GmailError } from "../../gmail/gmail-error.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { begunCopy } from "../copy/begin-copy.ts";
import type { OpenedCopy } from "../copy/open-copy.ts";
import type { LivePage } from "./live-page.ts";
import { cursorAfter, cursorBefore, decodeCursor, encodeCursor, type PageCursor } from "./page-cursor.ts";
import { type Lists, openLists } from "./recent-lists.ts";
import { readRowsOf } from "./rows-of.ts";
import { pageSize } from "./stored-page.ts";

export interface SearchRequest {
  readonly list: MailList;
  /** In Gmail's search language. */
  readonly query: string;
  readonly cursor: string;
}

/**
 * A page of what Gmail finds: sealed rows cannot be searched, so the ids come from Gmail, what is known of them from the
 * copy, and only the rest is fetched.
 */
export async function searchMessages(
  copy: OpenedCopy,
  mailbox: Mailbox,
  request: SearchRequest,
): Promise<LivePage> {
  const cursor = request.cursor === "" ? null : decodeCursor(request.cursor);
  const lists = openLists(copy.accountId, copy.head?.revision ?? 0n, mailbox);
  const [{ head }, listed] = await Promise.all([begunCopy(copy, mailbox), listFrom(lists, request, cursor)]);
  const ids = listed.ids.map(({ id }) => id);
  const { rows, failure } = await readRowsOf(copy, mailbox, ids, head.revision);
  lists.note(
    rows.every(({ kind }) => kind !== "awaited"),
    head.revision,
  );
  const start = listed.cursor;
  const from = (start?.before ?? 0) + 1;
  const to = from + rows.length - 1;
  const page: MessagePage = {
    rows,
    from,
    to,
    // An estimate below what is on the page would look like a mistake, and be one.
    total: { count: Math.max(listed.resultSizeEstimate, to), exact: false },
    newer: start === null ? null : encodeOrFirst(cursorBefore(start, pageSize)),
    older: listed.nextPageToken && encodeCursor(cursorAfter(start, listed.nextPageToken, pageSize)),
    startedOver: request.cursor !== "" && start === null,
  };
  return { page, head, failure: failure ?? lists.failure() };
}

const encodeOrFirst = (cursor: PageCursor | null): string => (cursor ? encodeCursor(cursor) : "");

/** The list from the cursor on; from the start when the cursor is no good, has expired, or is past the end. */
async function listFrom(lists: Lists, request: SearchRequest, cursor: PageCursor | null) {
  if (cursor === null) return { ...(await ask(lists, request)), cursor };
  try {
    const listed = await ask(lists, request, cursor.token);
    if (listed.ids.length > 0) return { ...listed, cursor };
  } catch (error) {
    if (!(error instanceof GmailError) || error.code !== "bad-request") throw error;
  }
  return { ...(await ask(lists, request)), cursor: null };
}

function ask(lists: Lists, { list, query }: SearchRequest, pageToken?: string) {
  return lists.list({
    maxResults: pageSize,
    query,
    ...queryOf(list),
    ...(pageToken === undefined ? {} : { pageToken }),
  });
}
