import "server-only";
import type { AccountId } from "../domain/mail.ts";
import type { Trouble } from "../domain/trouble.ts";
import { GmailError, reachOf } from "../gmail/gmail-error.ts";
import type { FetchedMessage, Mailbox } from "../gmail/mailbox.ts";
import type { MessagePage, PageRow } from "../message/page.ts";
import { summarize } from "../message/summary.ts";
import type { LabelView } from "./label-view.ts";
import { openMailboxFor } from "./open-mailbox-for.ts";
import { cursorAfter, cursorBefore, decodeCursor, encodeCursor, type PageCursor } from "./page-cursor.ts";
import { holdTurn } from "./rows-first.ts";
import { troubleOf } from "./trouble-of.ts";

const pageSize = 50;

export interface PageRequest {
  readonly view: LabelView;
  /** Gmail's search language; empty for the whole label. */
  readonly query: string;
  /** From the address; empty for the first page. */
  readonly cursor: string;
}

export type PageOutcome =
  | { readonly ok: true; readonly page: MessagePage }
  | { readonly ok: false; readonly trouble: Trouble };

/** A page of messages, newest first, live from Gmail: a list and two batches, one after the other. */
export function readMessagePage(
  accountId: AccountId,
  request: PageRequest,
  signal?: AbortSignal | null,
): Promise<PageOutcome> {
  return holdTurn(accountId, async () => {
    try {
      const mailbox = openMailboxFor(accountId, signal);
      return { ok: true, page: await readLive(mailbox, request) };
    } catch (error) {
      return { ok: false, trouble: await troubleOf(error, accountId) };
    }
  });
}

async function readLive(mailbox: Mailbox, request: PageRequest): Promise<MessagePage> {
  const cursor = request.cursor === "" ? null : decodeCursor(request.cursor);
  const about = countAbout(mailbox, request).catch(unlessItConcernsEveryRead);
  about.catch(() => {}); // Awaited below; if the list fails first, this failure says nothing more.
  const listed = await listFrom(mailbox, request, cursor);
  const fetched = await mailbox.getMessages(listed.ids.map(({ id }) => id));
  const rows = fetched.flatMap(toRow);
  const start = listed.cursor;
  const from = (start?.before ?? 0) + 1;
  return {
    rows,
    from,
    to: from + rows.length - 1,
    about: atLeast((await about) ?? listed.resultSizeEstimate, from + rows.length - 1),
    newer: start === null ? null : encodeOrFirst(cursorBefore(start, pageSize)),
    older: listed.nextPageToken && encodeCursor(cursorAfter(start, listed.nextPageToken, pageSize)),
    startedOver: request.cursor !== "" && start === null,
  };
}

const encodeOrFirst = (cursor: PageCursor | null): string => (cursor ? encodeCursor(cursor) : "");

/** An estimate below what is on the page would look like a mistake, and be one. */
const atLeast = (estimate: number, shown: number): number => Math.max(estimate, shown);

/** The list from the cursor on; from the start when the cursor is no good, has expired, or is past the end. */
async function listFrom(mailbox: Mailbox, request: PageRequest, cursor: PageCursor | null) {
  if (cursor === null) return { ...(await list(mailbox, request)), cursor };
  try {
    const listed = await list(mailbox, request, cursor.token);
    if (listed.ids.length > 0) return { ...listed, cursor };
  } catch (error) {
    if (!(error instanceof GmailError) || error.code !== "bad-request") throw error;
  }
  return { ...(await list(mailbox, request)), cursor: null };
}

function list(mailbox: Mailbox, { view, query }: PageRequest, pageToken?: string) {
  return mailbox.listMessageIds({
    maxResults: pageSize,
    includeSpamTrash: view.includeSpamTrash,
    ...(view.labelId ? { labelIds: [view.labelId] } : {}),
    ...(query === "" ? {} : { query }),
    ...(pageToken === undefined ? {} : { pageToken }),
  });
}

/** A label's own count is exact where a list's estimate is not; a search has nothing but the estimate. */
async function countAbout(mailbox: Mailbox, { view, query }: PageRequest): Promise<number | null> {
  if (query !== "" || view.labelId === null) return null;
  const counts = await mailbox.countLabels([view.labelId]);
  return counts.get(view.labelId)?.messagesTotal ?? null;
}

/** A count that does not come leaves the estimate; what no other read would survive is not hidden. */
function unlessItConcernsEveryRead(error: unknown): null {
  if (error instanceof GmailError && reachOf(error.code) !== "every-read") return null;
  throw error;
}

function toRow(fetched: FetchedMessage): PageRow[] {
  switch (fetched.status) {
    case "found":
      return [{ kind: "message", message: summarize(fetched.message) }];
    case "failed":
      return [{ kind: "not-loaded", id: fetched.id }];
    // Deleted between the list and the batch: there is nothing to say about it any more.
    case "gone":
      return [];
    default:
      return fetched satisfies never;
  }
}
