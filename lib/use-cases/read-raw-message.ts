import "server-only";
import type { AccountId, MessageId } from "../domain/mail.ts";
import { downloadDeadlineMs, openMailboxFor } from "./open-mailbox-for.ts";
import { fromMessage, type MessageOutcome } from "./read-message.ts";

/** The message as it travelled: RFC 822, byte by byte. */
export function readRawMessage(
  accountId: AccountId,
  messageId: MessageId,
  signal: AbortSignal,
): Promise<MessageOutcome<Uint8Array<ArrayBuffer>>> {
  return fromMessage(
    accountId,
    messageId,
    signal,
    async (message) =>
      new Uint8Array(await openMailboxFor(accountId, signal, downloadDeadlineMs).getRawMessage(message.id)),
  );
}
