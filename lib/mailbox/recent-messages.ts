import type { AccountId, Message, MessageId } from "../domain/mail.ts";
import type { PdfPage } from "../domain/pdf-page.ts";
import { perProcess } from "../domain/per-process.ts";
import type { ReadableMessage } from "../domain/readable-message.ts";
import { recent } from "./recent.ts";

const kept = perProcess("recent-messages", () => ({
  fetched: recent<Message>((message) => message.sizeBytes * 1.4),
  readable: recent<ReadableMessage>(
    ({ body }) => (body.kind === "html" ? body.html.length * 2 : 0) + 500_000,
  ),
  page: recent<PdfPage>(({ png }) => png.length),
}));

/** Messages that somebody fetched or read a moment ago. */
export const recentMessages = {
  /** As Gmail gave it. */
  get: (accountId: AccountId, messageId: MessageId, fetch: () => Promise<Message>): Promise<Message> =>
    kept().fetched.get(accountId, messageId, fetch),

  /** As Gmail gives it now: what is held has ids of attachments that have expired. */
  renew: (accountId: AccountId, messageId: MessageId, fetch: () => Promise<Message>): Promise<Message> =>
    kept().fetched.renew(accountId, messageId, fetch),

  /** Ready to be shown. A draft changes under its id: its history id tells. */
  readable: (accountId: AccountId, message: Message, read: () => Promise<ReadableMessage>) =>
    kept().readable.get(accountId, `${message.id}/${message.historyId}`, read),

  /** A page of an attached document, drawn. */
  page: (accountId: AccountId, key: string, draw: () => Promise<PdfPage>): Promise<PdfPage> =>
    kept().page.get(accountId, key, draw),

  forget(accountId: AccountId): void {
    kept().page.forget(accountId);
    kept().fetched.forget(accountId);
    kept().readable.forget(accountId);
  },
};
