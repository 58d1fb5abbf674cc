import "server-only";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import { downloadDeadlineMs, mailboxFor } from "../google/mailbox-for.ts";
import { byteStream } from "./byte-stream.ts";
import { fromMessage, type MessageOutcome } from "./read-message.ts";

/** The message as it travelled: RFC 822, byte by byte. */
export function readRawMessage(
  accountId: AccountId,
  messageId: MessageId,
  signal: AbortSignal,
): Promise<MessageOutcome<ReadableStream<Uint8Array>>> {
  return fromMessage(accountId, messageId, signal, async (message) =>
    byteStream(await mailboxFor(accountId, signal, downloadDeadlineMs).openRawMessage(message.id)),
  );
}
