import "server-only";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import { decodeTransfer } from "../../message/mime/transfer.ts";
import { attachmentOf } from "../../message/readable.ts";
import { downloadDeadlineMs, mailboxFor } from "../google/mailbox-for.ts";
import { byteStream } from "./byte-stream.ts";
import { fromMessage, type MessageOutcome } from "./read-message.ts";
import { findPart } from "./read-message-frame.ts";

export interface AttachmentContent {
  readonly filename: string;
  /** A picture that a browser may show in place; everything else is only to be saved. */
  readonly pictureType: string | null;
  readonly bytes: ReadableStream<Uint8Array>;
}

/** SVG is not among them: it can carry scripts. */
const pictureTypes = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"];

/** The bytes of one attachment or inline image. */
export function readAttachment(
  accountId: AccountId,
  messageId: MessageId,
  partId: string,
  signal: AbortSignal,
): Promise<MessageOutcome<AttachmentContent>> {
  return fromMessage(accountId, messageId, signal, async (message) => {
    const part = findPart(message, partId);
    const attachment = attachmentOf(message, partId);
    if (!part || !attachment) return null;
    const { data, attachmentId } = part.body;
    const bytes =
      data === null && attachmentId !== null
        ? await mailboxFor(accountId, signal, downloadDeadlineMs).openAttachment(messageId, attachmentId)
        : [decodeTransfer(data ?? "").bytes];
    const { filename, mimeType } = attachment;
    return {
      filename,
      pictureType: pictureTypes.find((type) => type === mimeType.toLowerCase()) ?? null,
      bytes: byteStream(bytes),
    };
  });
}
