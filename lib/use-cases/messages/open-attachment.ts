import "server-only";
import type { AccountId, Message, MessageId } from "../../domain/mail.ts";
import type { Attachment } from "../../domain/readable-message.ts";
import { GmailError } from "../../gmail/gmail-error.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { recentMessages } from "../../mailbox/recent-messages.ts";
import { containerOf } from "../../message/containers/open-containers.ts";
import { toAttachment } from "../../message/mime/attachments.ts";
import { describePart } from "../../message/mime/part.ts";
import { decodeTransfer } from "../../message/mime/transfer.ts";
import { attachmentOf } from "../../message/readable.ts";
import { containedPartWithoutBlocking } from "../../message/worker/reading-pool.ts";
import { downloadDeadlineMs, mailboxFor } from "../google/mailbox-for.ts";
import { limitedRead } from "./limited-read.ts";
import { fetchedMessage } from "./opened-message.ts";
import { findPart } from "./read-message-frame.ts";

/** Larger containers are not opened when a message is read either. */
const largestContainerBytes = 5_000_000;

/** An attachment whose bytes have begun to come. */
export interface OpenedAttachment {
  readonly attachment: Attachment;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Null where Gmail tells no size, or two. */
  readonly sizeBytes: number | null;
  /** As its sender says; null where nothing is said. */
  readonly charset: string | null;
  /** Differs where the bytes may. */
  readonly version: string;
}

/**
 * Opens a part by its name in addresses; null where the message has no such attachment. Gmail's ids of attachments expire: one
 * that Gmail no longer knows is asked for anew, once.
 * @throws GmailError, OAuthError, AccountUnusableError
 */
export async function openAttachment(
  accountId: AccountId,
  messageId: MessageId,
  name: string,
  signal: AbortSignal | undefined,
): Promise<OpenedAttachment | null> {
  const mailbox = mailboxFor(accountId, signal, downloadDeadlineMs);
  const message = await fetchedMessage(accountId, messageId, mailbox);
  const opening = { accountId, name, mailbox, signal };
  try {
    return await openIn(message, opening);
  } catch (error) {
    if (!isUnknownId(error)) throw error;
    const anew = await recentMessages.renew(accountId, messageId, () => mailbox.getMessage(messageId));
    return openIn(anew, opening);
  }
}

const isUnknownId = (error: unknown): boolean =>
  error instanceof GmailError && (error.code === "bad-request" || error.code === "not-found");

interface Opening {
  readonly accountId: AccountId;
  readonly name: string;
  readonly mailbox: Mailbox;
  readonly signal: AbortSignal | undefined;
}

async function openIn(message: Message, opening: Opening): Promise<OpenedAttachment | null> {
  const { name, mailbox } = opening;
  if (containerOf(name) !== name) return openContained(message, opening);
  const part = findPart(message, name);
  const attachment = attachmentOf(message, name);
  if (!part || !attachment) return null;
  const { data, attachmentId } = part.body;
  const version = `${message.historyId}/${part.body.sizeBytes}`;
  const charset = describePart(part).parameters.charset ?? null;
  if (data !== null || attachmentId === null) {
    const { bytes } = decodeTransfer(data ?? "");
    return { attachment, bytes: atHand(bytes), sizeBytes: bytes.length, charset, version };
  }
  const download = await mailbox.openAttachment(message.id, attachmentId);
  const sizeBytes = download.sizeBytes === part.body.sizeBytes ? download.sizeBytes : null;
  return { attachment, bytes: download, sizeBytes, charset, version };
}

/** A file that stands in another part of the message: a signature, or Outlook's winmail.dat. */
async function openContained(
  message: Message,
  { accountId, name, mailbox, signal }: Opening,
): Promise<OpenedAttachment | null> {
  const container = findPart(message, containerOf(name));
  if (container === null || container.body.sizeBytes > largestContainerBytes) return null;
  const { data, attachmentId, sizeBytes } = container.body;
  const found = await limitedRead(accountId, async () => {
    const bytes =
      data === null && attachmentId !== null
        ? await mailbox.getAttachment(message.id, attachmentId)
        : decodeTransfer(data ?? "").bytes;
    return containedPartWithoutBlocking({ container, bytes, name }, signal);
  });
  if (found === null) return null;
  const described = describePart(found.part);
  return {
    attachment: toAttachment(described, new Set()),
    bytes: atHand(found.bytes),
    sizeBytes: found.bytes.length,
    charset: described.parameters.charset ?? null,
    version: `${message.historyId}/${sizeBytes}`,
  };
}

/** Bytes that are at hand, as if they came. */
async function* atHand(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes;
}
