import "server-only";
import { GmailError } from "../gmail/gmail-error.ts";
import type { Mailbox } from "../gmail/mailbox.ts";
import type { MessagePage } from "../message/page.ts";
import type { LabelView } from "./label-view.ts";
import type { OpenedCopy } from "./open-copy.ts";
import { cursorAfter, cursorBefore, decodeCursor, encodeCursor, type PageCursor } from "./page-cursor.ts";
import { readRowsOf } from "./rows-of.ts";
import { pageSize } from "./stored-page.ts";

export interface SearchRequest {
  readonly view: LabelView;
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
): Promise<MessagePage> {
  const cursor = request.cursor === "" ? null : decodeCursor(request.cursor);
  const listed = await listFrom(mailbox, request, cursor);
  // Before a copy is begun nothing can be kept: no `changes` is -1.
  const { rows } = await readRowsOf(
    copy,
    mailbox,
    listed.ids.map(({ id }) => id),
    copy.mirror?.changes ?? -1n,
  );
  const start = listed.cursor;
  const from = (start?.before ?? 0) + 1;
  const to = from + rows.length - 1;
  return {
    rows,
    from,
    to,
    // An estimate below what is on the page would look like a mistake, and be one.
    total: { count: Math.max(listed.resultSizeEstimate, to), exact: false },
    newer: start === null ? null : encodeOrFirst(cursorBefore(start, pageSize)),
    older: listed.nextPageToken && encodeCursor(cursorAfter(start, listed.nextPageToken, pageSize)),
    startedOver: request.cursor !== "" && start === null,
  };
}

const encodeOrFirst = (cursor: PageCursor | null): string => (cursor ? encodeCursor(cursor) : "");

/** The list from the cursor on; from the start when the cursor is no good, has expired, or is past the end. */
async function listFrom(mailbox: Mailbox, request: SearchRequest, cursor: PageCursor | null) {
  if (cursor === null) return { ...(await list(mailbox, request)), cursor };
  try {
    const listed = await list(mailbox, request, cursor.token);
    if (listed.ids.length > 0) return { ...listed, cursor };
  } catch (error) {
    if (!(error instanceof GmailError) || error.code !== "bad-request") throw error;
  }
  return { ...(await list(mailbox, request)), cursor: null };
}

function list(mailbox: Mailbox, { view, query }: SearchRequest, pageToken?: string) {
  return mailbox.listMessageIds({
    maxResults: pageSize,
    query,
    includeSpamTrash: view.includeSpamTrash,
    ...(view.labelId ? { labelIds: [view.labelId] } : {}),
    ...(pageToken === undefined ? {} : { pageToken }),
  });
}
