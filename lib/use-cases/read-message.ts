import "server-only";
import type { AccountId, Message, MessageId } from "../domain/mail.ts";
import type { Trouble } from "../domain/trouble.ts";
import { GmailError } from "../gmail/gmail-error.ts";
import type { Mailbox } from "../gmail/mailbox.ts";
import { bodyPartsToLoad, readMessage as readable } from "../message/readable.ts";
import type { ReadableMessage } from "../message/types.ts";
import { openMailboxFor } from "./open-mailbox-for.ts";
import { recentMessages } from "./recent-messages.ts";
import { troubleOf } from "./trouble-of.ts";
import { requireUsable } from "./usable-account.ts";

export type MessageOutcome<Content> =
  | { readonly ok: true; readonly content: Content }
  | { readonly ok: false; readonly trouble: Trouble | "not-found" };

/** A text that Gmail keeps apart is fetched up to this size; a larger one is said to be too large. */
const largestTextBytes = 5_000_000;

const messageIdForm = /^[0-9A-Za-z_-]{1,64}$/;

/** What can be a message's id at all. */
export const asMessageId = (text: string): MessageId | null =>
  messageIdForm.test(text) ? (text as MessageId) : null;

/** One message, as a person reads it. */
export function readMessage(
  accountId: AccountId,
  messageId: MessageId,
  signal?: AbortSignal | null,
): Promise<MessageOutcome<ReadableMessage>> {
  return fromMessage(accountId, messageId, signal, async (message, mailbox) => {
    const loaded = new Map<string, Uint8Array>();
    for (const { partId, attachmentId, sizeBytes } of bodyPartsToLoad(message)) {
      if (sizeBytes > largestTextBytes) continue;
      loaded.set(partId, await mailbox.getAttachment(messageId, attachmentId));
    }
    return readable(message, { loaded });
  });
}

/** Fetches a message (or has it at hand from a moment ago) and makes something of it. */
export async function fromMessage<Content>(
  accountId: AccountId,
  messageId: MessageId,
  signal: AbortSignal | null | undefined,
  make: (message: Message, mailbox: Mailbox) => Promise<Content | null> | Content | null,
): Promise<MessageOutcome<Content>> {
  try {
    // What is at hand must not outlive the permission to read it.
    await requireUsable(accountId);
    const mailbox = openMailboxFor(accountId, signal);
    const message = await recentMessages.get(accountId, messageId, () => mailbox.getMessage(messageId));
    const content = await make(message, mailbox);
    return content === null ? { ok: false, trouble: "not-found" } : { ok: true, content };
  } catch (error) {
    if (error instanceof GmailError && (error.code === "not-found" || error.code === "bad-request")) {
      return { ok: false, trouble: "not-found" };
    }
    return { ok: false, trouble: await troubleOf(error, accountId) };
  }
}
