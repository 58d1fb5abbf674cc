import "server-only";
import type { AccountId, Message, MessageId } from "../../domain/mail.ts";
import type { Attachment } from "../../domain/readable-message.ts";
import { containerOf } from "../../message/containers/open-containers.ts";
import { toAttachment } from "../../message/mime/attachments.ts";
import { describePart } from "../../message/mime/part.ts";
import { decodeTransfer } from "../../message/mime/transfer.ts";
import { attachmentOf } from "../../message/readable.ts";
import { containedPartWithoutBlocking } from "../../message/worker/reading-pool.ts";
import { downloadDeadlineMs, mailboxFor } from "../google/mailbox-for.ts";
import { byteStream } from "./byte-stream.ts";
import { limitedRead } from "./limited-read.ts";
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

/** Larger containers are not opened by {@link openedMessage} either. */
const largestContainerBytes = 5_000_000;

/** The bytes of one attachment or inline image. */
export function readAttachment(
  accountId: AccountId,
  messageId: MessageId,
  partId: string,
  signal: AbortSignal,
): Promise<MessageOutcome<AttachmentContent>> {
  return fromMessage(accountId, messageId, signal, async (message) => {
    if (containerOf(partId) !== partId) return readContained(accountId, message, partId, signal);
    const part = findPart(message, partId);
    const attachment = attachmentOf(message, partId);
    if (!part || !attachment) return null;
    const { data, attachmentId } = part.body;
    const bytes =
      data === null && attachmentId !== null
        ? await mailboxFor(accountId, signal, downloadDeadlineMs).openAttachment(messageId, attachmentId)
        : [decodeTransfer(data ?? "").bytes];
    return contentOf(attachment, bytes);
  });
}

/** A file that stands in another part of the message: a signature, or Outlook's winmail.dat. */
async function readContained(
  accountId: AccountId,
  message: Message,
  name: string,
  signal: AbortSignal,
): Promise<AttachmentContent | null> {
  const container = findPart(message, containerOf(name));
  if (container === null) return null;
  const { data, attachmentId, sizeBytes } = container.body;
  if (sizeBytes > largestContainerBytes) return null;
  const mailbox = mailboxFor(accountId, signal, downloadDeadlineMs);
  const bytes =
    data === null && attachmentId !== null
      ? await mailbox.getAttachment(message.id, attachmentId)
      : decodeTransfer(data ?? "").bytes;
  const found = await limitedRead(accountId, () =>
    containedPartWithoutBlocking({ container, bytes, name }, signal),
  );
  return found && contentOf(toAttachment(describePart(found.part), new Set()), [found.bytes]);
}

function contentOf(
  { filename, mimeType }: Attachment,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AttachmentContent {
  return {
    filename,
    pictureType: pictureTypes.find((type) => type === mimeType.toLowerCase()) ?? null,
    bytes: byteStream(bytes),
  };
}
