import "server-only";
import { database } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import type { Mirror } from "../domain/mirror.ts";
import type { Trouble } from "../domain/trouble.ts";
import { readStoredLabels, type StoredLabel } from "../mailbox/labels.ts";
import { readMirror } from "../mailbox/mirror.ts";
import type { MessagePage } from "../message/page.ts";
import { type Copy, openCopy } from "./copy.ts";
import type { LabelView } from "./label-view.ts";
import { readLivePage } from "./live-page.ts";
import { openMailboxFor } from "./open-mailbox-for.ts";
import { decodeRowCursor } from "./row-cursor.ts";
import { holdTurn } from "./rows-first.ts";
import { searchMessages } from "./search-messages.ts";
import { listOf, readStoredPage } from "./stored-page.ts";
import { troubleOf } from "./trouble-of.ts";
import { requireReadable } from "./usable-account.ts";

export interface PageRequest {
  readonly view: LabelView;
  /** Gmail's search language; empty for the whole label. */
  readonly query: string;
  /** From the address; empty for the first page. */
  readonly cursor: string;
}

export type PageOutcome =
  | { readonly ok: true; readonly page: MessagePage; readonly copy: CopyState | null }
  | { readonly ok: false; readonly trouble: Trouble };

/** What a page that came out of the copy says of itself. */
export interface CopyState {
  /** The last moment at which the copy was in step with Google. */
  readonly asOf: Date;
  readonly changes: number;
  /** Why it may not be in step now; null while all is well. */
  readonly trouble: Trouble | null;
}

/**
 * A page of messages, newest first: from the copy, where the copy has it; else from Gmail, and kept. A search goes to
 * Gmail.
 */
export async function readMessagePage(
  accountId: AccountId,
  request: PageRequest,
  signal?: AbortSignal | null,
): Promise<PageOutcome> {
  try {
    const status = await requireReadable(accountId);
    const copy = await openCopy(accountId);
    if (request.query !== "") return await searchPage(copy, request, signal);
    const stored = await storedPage(copy, request);
    const grant = status.state === "ACTIVE" ? null : ({ kind: "account", status } as const);
    if (stored?.whole) return served(stored.page, stored.mirror, grant);
    try {
      return await livePage(copy, request, signal);
    } catch (error) {
      const trouble = await troubleOf(error, accountId);
      if (!stored || stored.page.rows.length === 0) return { ok: false, trouble };
      return served(stored.page, stored.mirror, trouble);
    }
  } catch (error) {
    return { ok: false, trouble: await troubleOf(error, accountId) };
  }
}

function served(page: MessagePage, mirror: Mirror, trouble: Trouble | null): PageOutcome {
  const { syncedAt: asOf, changes } = mirror;
  const state = { asOf, changes: Number(changes), trouble: trouble ?? mirror.trouble?.what ?? null };
  return { ok: true, page, copy: state };
}

async function storedPage(copy: Copy, { view, cursor }: PageRequest) {
  const [mirror, labels] = await Promise.all([
    readMirror(database(), copy.accountId),
    readStoredLabels(database(), copy.sealer, copy.accountId),
  ]);
  if (!mirror) return null;
  const labelId = listOf(view.labelId);
  const state = { mirror, label: labelNamed(labels, labelId) };
  const from = decodeRowCursor(cursor);
  const stored = await readStoredPage(copy, state, labelId, from);
  return { ...stored, mirror, page: startedOver(stored.page, cursor, from !== null) };
}

const labelNamed = (labels: readonly StoredLabel[], id: string): StoredLabel | null =>
  labels.find((label) => label.id === id) ?? null;

const startedOver = (page: MessagePage, cursor: string, led: boolean): MessagePage => ({
  ...page,
  startedOver: page.startedOver || (cursor !== "" && !led),
});

async function livePage(copy: Copy, request: PageRequest, signal?: AbortSignal | null): Promise<PageOutcome> {
  const { accountId } = copy;
  const { page, mirror } = await holdTurn(accountId, () =>
    readLivePage(copy, openMailboxFor(accountId, signal), request),
  );
  return served(page, mirror, null);
}

async function searchPage(
  copy: Copy,
  request: PageRequest,
  signal?: AbortSignal | null,
): Promise<PageOutcome> {
  const mailbox = openMailboxFor(copy.accountId, signal);
  return { ok: true, page: await searchMessages(copy, mailbox, request), copy: null };
}
