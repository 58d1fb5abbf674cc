import "server-only";
import type { AccountId } from "../../domain/mail.ts";
import type { MailList } from "../../domain/mail-list.ts";
import type { MessagePage } from "../../domain/message-page.ts";
import type { Trouble } from "../../domain/trouble.ts";
import type { GmailError } from "../../gmail/gmail-error.ts";
import {
  type CopyState,
  copyStateOf,
  type OpenedCopy,
  type ReadableCopy,
  type RequestCopy,
} from "../copy/open-copy.ts";
import { mailboxFor } from "../google/mailbox-for.ts";
import { troubleOf } from "../google/trouble-of.ts";
import { readLivePage } from "./live-page.ts";
import { noteRowRead } from "./rows-first.ts";
import { searchMessages } from "./search-messages.ts";
import { decodeRowCursor, readStoredPage } from "./stored-page.ts";

export interface PageRequest {
  readonly list: MailList;
  /** Gmail's search language; empty for the whole list. */
  readonly query: string;
  /** From the address; empty for the first page. */
  readonly cursor: string;
}

export type PageOutcome =
  | { readonly ok: true; readonly page: MessagePage; readonly copy: CopyState }
  | { readonly ok: false; readonly trouble: Trouble };

/**
 * A page of messages, newest first: from the copy, where the copy has it; else from Gmail, and kept. A search goes to
 * Gmail.
 */
export async function readMessagePage(
  { accountId, copy: opening, signal }: RequestCopy,
  request: PageRequest,
): Promise<PageOutcome> {
  try {
    const copy = await opening;
    if (request.query !== "") return await searchPage(copy, request, signal);
    const stored = await storedPage(copy, request);
    if (stored?.whole) return served(stored.page, copyStateOf(copy, stored.head));
    try {
      return await livePage(copy, request, signal);
    } catch (error) {
      const trouble = await troubleOf(error, accountId);
      if (!stored || stored.page.rows.length === 0) return { ok: false, trouble };
      return served(stored.page, copyStateOf(copy, stored.head, trouble));
    }
  } catch (error) {
    return { ok: false, trouble: await troubleOf(error, accountId) };
  }
}

const served = (page: MessagePage, copy: CopyState): PageOutcome => ({ ok: true, page, copy });

async function storedPage(copy: ReadableCopy, { list, cursor }: PageRequest) {
  const { head, labels } = copy;
  if (!head) return null;
  const from = decodeRowCursor(cursor);
  const known = labels.find(({ id }) => id === list.id) ?? null;
  const stored = await readStoredPage(copy, { head, list: known }, list.id, from);
  return { ...stored, head, page: startedOver(stored.page, cursor, from !== null) };
}

const startedOver = (page: MessagePage, cursor: string, led: boolean): MessagePage => ({
  ...page,
  startedOver: page.startedOver || (cursor !== "" && !led),
});

async function livePage(copy: OpenedCopy, request: PageRequest, signal?: AbortSignal): Promise<PageOutcome> {
  const { accountId } = copy;
  const { page, head, failure } = await noteRowRead(accountId, () =>
    readLivePage(copy, mailboxFor(accountId, signal), request),
  );
  return served(page, copyStateOf(copy, head, await metBy(failure, accountId)));
}

const metBy = async (failure: GmailError | null, accountId: AccountId): Promise<Trouble | null> =>
  failure && troubleOf(failure, accountId);

async function searchPage(
  copy: OpenedCopy,
  request: PageRequest,
  signal?: AbortSignal,
): Promise<PageOutcome> {
  const mailbox = mailboxFor(copy.accountId, signal);
  const { page, head, failure } = await searchMessages(copy, mailbox, request);
  const { syncedAt: asOf, revision } = head;
  // Google has just told what it finds, however the copy stands.
  return served(page, { asOf, revision: Number(revision), trouble: await metBy(failure, copy.accountId) });
}
