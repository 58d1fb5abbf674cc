import type { AccountId, Message, MessageId } from "../domain/mail.ts";
import type { ReadableMessage } from "../domain/readable-message.ts";
import { type Recent, recent } from "./recent.ts";

// Routes are bundled apart from each other, and share what a process has one of.
const held = globalThis as {
  latchkeyRecentMessages?: { fetched: Recent<Message>; readable: Recent<ReadableMessage> };
};

function kept() {
  held.latchkeyRecentMessages ??= {
    fetched: recent((message) => message.sizeBytes * 1.4),
    readable: recent(({ body }) => (body.kind === "html" ? body.html.length * 2 : 0) + 500_000),
  };
  return held.latchkeyRecentMessages;
}

/** Messages that somebody fetched or read a moment ago. */
export const recentMessages = {
  /** As Gmail gave it. */
  get: (accountId: AccountId, messageId: MessageId, fetch: () => Promise<Message>): Promise<Message> =>
    kept().fetched.get(accountId, messageId, fetch),

  /** Ready to be shown. A draft changes under its id: its history id tells. */
  readable: (accountId: AccountId, message: Message, read: () => Promise<ReadableMessage>) =>
    kept().readable.get(accountId, `${message.id}/${message.historyId}`, read),

  forget(accountId: AccountId): void {
    kept().fetched.forget(accountId);
    kept().readable.forget(accountId);
  },
};
