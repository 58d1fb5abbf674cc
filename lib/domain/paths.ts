/**
 * The addresses of this app that hold ids or searches. Ids may come out of an address as they stood there, so all of them
 * are encoded.
 */
import type { UnsubscribeOutcome } from "./unsubscribe.ts";

type Search = Readonly<Record<string, string | undefined>>;

/** A page of a list: a search ("" for none) and a cursor ("" for the first page). */
export interface ListAddress {
  readonly query: string;
  readonly cursor: string;
}

const at = (...segments: readonly string[]): string => `/${segments.map(encodeURIComponent).join("/")}`;

/** Without a "?" where nothing is asked; what is undefined or empty is left out. */
function withSearch(path: string, search: Search): string {
  const asked = new URLSearchParams(
    Object.entries(search).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  return asked.size === 0 ? path : `${path}?${asked}`;
}

export const listPath = (
  accountId: string,
  slug: string,
  { query, cursor }: Partial<ListAddress> = {},
): string => withSearch(at("mail", accountId, slug), { q: query, cursor });

export const inboxPath = (accountId: string): string => listPath(accountId, inbox);

/** Where what happens to a mailbox is streamed. */
export const livePath = (accountId: string): string => at("mail", accountId, "live");

/** The list that a message was opened from whose address names none. */
export const inbox = "inbox";

/** Where a message was opened from, and what stands open beside it. */
export interface MessageAddress extends ListAddress {
  /** The list's slug. */
  readonly list: string;
  /** Ids of messages that are unfolded, with dots between them; "all" for all of them. */
  readonly open: string;
  /** What lets pictures from elsewhere be shown this once, in the message that it was made for. */
  readonly images: string;
}

export const messagePath = (
  accountId: string,
  messageId: string,
  { list, query, cursor, open, images }: Partial<MessageAddress> = {},
): string =>
  withSearch(at("mail", accountId, "message", messageId), {
    q: query,
    cursor,
    // Last, so that no address ends with the id that a cursor does.
    in: list === inbox && !cursor ? undefined : list,
    open,
    images,
  });

/** A message's page with leave to show pictures; without it where `images` is empty. Null for what is no message's page of this account. */
export function withImages(accountId: string, page: string, images: string): string | null {
  const [path = "", search = ""] = page.split("?", 2);
  if (!path.startsWith(`/mail/${accountId}/message/`) || /[^\w/-]/.test(path)) return null;
  const asked = new URLSearchParams(search);
  asked.delete("images");
  return withSearch(path, { ...Object.fromEntries(asked), images });
}

export const withoutImages = (page: string): string =>
  withImages(page.split("/", 3)[2] ?? "", page, "") ?? page;

/** What a row of a list is called in its page: where one comes back to. */
export const rowAnchor = (messageId: string): string => `row-${messageId}`;

/**
 * What belongs to one message: its HTML for the frame, all of its text, its source to be saved and to be looked at, itself for
 * paper, and all of its attachments in one file.
 */
export const messagePartPath = (
  accountId: string,
  messageId: string,
  what: "body" | "text" | "raw" | "original" | "print" | "attachments",
): string => at("mail", accountId, "message", messageId, what);

/** The document with what stands behind the text that the page shows of a long one. */
export const restPath = (accountId: string, messageId: string): string =>
  at("mail", accountId, "message", messageId, "text", "rest");

/** The same with all of the text. */
export const allTextPath = (accountId: string, messageId: string): string =>
  withSearch(restPath(accountId, messageId), { all: "1" });

/** The whole conversation of a message, for paper. */
export const printConversationPath = (accountId: string, messageId: string): string =>
  `${messagePartPath(accountId, messageId, "print")}?conversation`;

/**
 * The document with a message's HTML; with `part`, that of a message within it.
 * @param images what lets pictures from elsewhere be shown, this once
 */
export const bodyPath = (accountId: string, messageId: string, part: string | null, images: string): string =>
  withSearch(messagePartPath(accountId, messageId, "body"), {
    part: part === null ? undefined : partName(part),
    images,
  });

/** The page that asks whether to leave the mailing list of a message, and says what came of it. */
export const unsubscribePath = (accountId: string, messageId: string, outcome?: UnsubscribeOutcome): string =>
  withSearch(at("mail", accountId, "message", messageId, "unsubscribe"), { outcome });

/** Below this address, and nowhere else, are the pictures of a message that come from elsewhere. */
export const remoteImagesPath = (accountId: string, messageId: string): string =>
  `${at("mail", accountId, "message", messageId, "image")}/`;

export const remoteImagePath = (accountId: string, messageId: string, signed: string): string =>
  `${remoteImagesPath(accountId, messageId)}${encodeURIComponent(signed)}`;

/** Below this address, and nowhere else, are the attachments of a message and its pictures. */
export const attachmentsPath = (accountId: string, messageId: string): string =>
  `${at("mail", accountId, "message", messageId, "attachment")}/`;

export const attachmentPath = (accountId: string, messageId: string, partId: string): string =>
  `${attachmentsPath(accountId, messageId)}${encodeURIComponent(partName(partId))}`;

/** The page that shows an attachment. @param page of a document, from 1 on */
export const previewPath = (accountId: string, messageId: string, partId: string, page?: number): string =>
  withSearch(at("mail", accountId, "message", messageId, "preview", partName(partId)), {
    page: page?.toString(),
  });

/** A page of a document as a picture, from 1 on. */
export const pagePicturePath = (accountId: string, messageId: string, partId: string, page: number): string =>
  `${attachmentPath(accountId, messageId, partId)}/page/${page}`;

/** A part of a message as addresses name it: Gmail gives the message's own part no id. */
export const partName = (partId: string): string => partId || "root";

/** The accounts of whoever asks, with a word of what was done. */
export const accountsPath = (note: string, account?: string): string =>
  withSearch("/accounts", { note, account });

export const disconnectPath = (accountId: string): string => at("accounts", accountId, "disconnect");

/** All connected accounts, from the one after `after` on. */
export const adminAccountsPath = (after: string): string => withSearch("/admin/accounts", { after });

export const adminAccountPath = (accountId: string, problem?: "reason"): string =>
  withSearch(at("admin", "accounts", accountId), { problem });

/** The page that says who withdrew an account, and why. */
export const withdrawnPath = (accountId: string): string => at("withdrawn", accountId);

/** Where the form goes that begins a trip to Google. */
export const signInAction = (prompt?: string): string => withSearch("/api/auth/signin/google", { prompt });
