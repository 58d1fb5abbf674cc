import "server-only";
import type { AccountId, MessageId } from "../domain/mail.ts";
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
    async (message, mailbox) => new Uint8Array(await mailbox.getRawMessage(message.id)),
  );
}
