import "server-only";
import type { LabelView } from "../../domain/label-view.ts";
import type { AccountId } from "../../domain/mail.ts";
import type { MessagePage } from "../../domain/message-page.ts";
import type { Trouble } from "../../domain/trouble.ts";
import type { GmailError } from "../../gmail/gmail-error.ts";
import { type CopyState, copyStateOf } from "../copy/copy-state.ts";
import { type OpenedCopy, openCopyToRead, type ReadableCopy, type Reading } from "../copy/open-copy.ts";
import { openMailboxFor } from "../google/open-mailbox-for.ts";
import { troubleOf } from "../google/trouble-of.ts";
import { readLivePage } from "./live-page.ts";
import { decodeRowCursor } from "./row-cursor.ts";
import { holdTurn } from "./rows-first.ts";
import { searchMessages } from "./search-messages.ts";
import { listOf, readStoredPage } from "./stored-page.ts";

export interface PageRequest {
  readonly view: LabelView;
  /** Gmail's search language; empty for the whole label. */
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
  accountId: AccountId,
  request: PageRequest,
  { signal, ...reading }: Reading = {},
): Promise<PageOutcome> {
  try {
    const copy = await (reading.copy ?? openCopyToRead(accountId));
    if (request.query !== "") return await searchPage(copy, request, signal);
    const stored = await storedPage(copy, request);
    if (stored?.whole) return served(stored.page, copyStateOf(copy, stored.mirror));
    try {
      return await livePage(copy, request, signal);
    } catch (error) {
      const trouble = await troubleOf(error, accountId);
      if (!stored || stored.page.rows.length === 0) return { ok: false, trouble };
      return served(stored.page, copyStateOf(copy, stored.mirror, trouble));
    }
  } catch (error) {
    return { ok: false, trouble: await troubleOf(error, accountId) };
  }
}

const served = (page: MessagePage, copy: CopyState): PageOutcome => ({ ok: true, page, copy });

async function storedPage(copy: ReadableCopy, { view, cursor }: PageRequest) {
  const { mirror, labels } = copy;
  if (!mirror) return null;
  const from = decodeRowCursor(cursor);
  const labelId = listOf(view.labelId);
  const list = labels.find(({ id }) => id === labelId) ?? null;
  const stored = await readStoredPage(copy, { mirror, list }, labelId, from);
  return { ...stored, mirror, page: startedOver(stored.page, cursor, from !== null) };
}

const startedOver = (page: MessagePage, cursor: string, led: boolean): MessagePage => ({
  ...page,
  startedOver: page.startedOver || (cursor !== "" && !led),
});

async function livePage(copy: OpenedCopy, request: PageRequest, signal?: AbortSignal): Promise<PageOutcome> {
  const { accountId } = copy;
  const { page, mirror, failure } = await holdTurn(accountId, () =>
    readLivePage(copy, openMailboxFor(accountId, signal), request),
  );
  return served(page, copyStateOf(copy, mirror, await metBy(failure, accountId)));
}

const metBy = async (failure: GmailError | null, accountId: AccountId): Promise<Trouble | null> =>
  failure && troubleOf(failure, accountId);

async function searchPage(
  copy: OpenedCopy,
  request: PageRequest,
  signal?: AbortSignal,
): Promise<PageOutcome> {
  const mailbox = openMailboxFor(copy.accountId, signal);
  const { page, mirror, failure } = await searchMessages(copy, mailbox, request);
  const { syncedAt: asOf, changes } = mirror;
  // Google has just told what it finds, however the copy stands.
  return served(page, { asOf, changes: Number(changes), trouble: await metBy(failure, copy.accountId) });
}
