import "server-only";
import type { AccountId, Message, MessageId } from "../../domain/mail.ts";
import type { ReadableMessage } from "../../domain/readable-message.ts";
import type { Trouble } from "../../domain/trouble.ts";
import { GmailError } from "../../gmail/gmail-error.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { requireUsable } from "../accounts/usable-account.ts";
import { mailboxFor } from "../google/mailbox-for.ts";
import { troubleOf } from "../google/trouble-of.ts";
import { fetchedMessage, openedMessage } from "./opened-message.ts";
import { readableOf } from "./readable-of.ts";

export type MessageOutcome<Content> =
  | { readonly ok: true; readonly content: Content }
  | { readonly ok: false; readonly trouble: Trouble | "not-found" };

/** One message, as a person reads it: as it was kept when it was first opened, with the labels of now. */
export async function readMessage(
  accountId: AccountId,
  messageId: MessageId,
  signal?: AbortSignal | null,
): Promise<MessageOutcome<ReadableMessage>> {
  return orTrouble(accountId, async () =>
    readableOf(accountId, await openedMessage(accountId, messageId, signal)),
  );
}

/** Fetches a message (or has it at hand from a moment ago) and makes something of it. */
export function fromMessage<Content>(
  accountId: AccountId,
  messageId: MessageId,
  signal: AbortSignal | null | undefined,
  make: (message: Message, mailbox: Mailbox) => Promise<Content | null> | Content | null,
): Promise<MessageOutcome<Content>> {
  return orTrouble(accountId, async () => {
    // What is at hand must not outlive the permission to read it.
    await requireUsable(accountId);
    const mailbox = mailboxFor(accountId, signal);
    return make(await fetchedMessage(accountId, messageId, mailbox), mailbox);
  });
}

/** What `read` gives, or the trouble that kept it from it; null and what Gmail does not have are "not-found". */
export async function orTrouble<Content>(
  accountId: AccountId,
  read: () => Promise<Content | null>,
): Promise<MessageOutcome<Content>> {
  try {
    const content = await read();
    return content === null ? { ok: false, trouble: "not-found" } : { ok: true, content };
  } catch (error) {
    if (error instanceof GmailError && (error.code === "not-found" || error.code === "bad-request")) {
      return { ok: false, trouble: "not-found" };
    }
    return { ok: false, trouble: await troubleOf(error, accountId) };
  }
}
