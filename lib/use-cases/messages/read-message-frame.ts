import "server-only";
import type { AccountId, Message, MessageId, MessagePart } from "../../domain/mail.ts";
import { attachmentPath, attachmentsPath, partName, remoteImagesPath } from "../../domain/paths.ts";
import type { MessageContent, ReadableMessage } from "../../domain/readable-message.ts";
import { allRemote } from "../../domain/remote-content.ts";
import { env } from "../../env.ts";
import { type FrameOptions, frameDocument } from "../../message/frame.ts";
import { imageAddresses } from "./image-addresses.ts";
import { imagesShown } from "./images-shown.ts";
import { type MessageOutcome, readMessage } from "./read-message.ts";

export interface FrameRequest extends Pick<FrameOptions, "colors" | "linkNote" | "quotedText"> {
  /** The part that holds the message, by its name in addresses; null for the message itself. */
  readonly part: string | null;
  /** What lets pictures from elsewhere be shown this once, if it does. */
  readonly images: string;
}

/** The HTML body of a message as a document for its sandboxed frame. Its pictures are fetched as they are shown. */
export async function readMessageFrame(
  accountId: AccountId,
  messageId: MessageId,
  request: FrameRequest,
  signal: AbortSignal,
): Promise<MessageOutcome<string>> {
  const outcome = await readMessage(accountId, messageId, signal);
  if (!outcome.ok) return outcome;
  const content = await frameOf(accountId, outcome.content, request);
  return content === null ? { ok: false, trouble: "not-found" } : { ok: true, content };
}

/** The same of a message that was read; null where it, or the part of it that is asked for, has no HTML. */
export async function frameOf(
  accountId: AccountId,
  message: ReadableMessage,
  { part, images, ...options }: FrameRequest,
): Promise<string | null> {
  const content = part === null ? message : enclosedAt(message, part);
  if (content?.body.kind !== "html") return null;
  const { body, attachments } = content;
  const inlineImages = new Map(
    attachments.flatMap(({ contentId, partId }) =>
      contentId === null ? [] : [[contentId, attachmentPath(accountId, message.id, partId)] as const],
    ),
  );
  const { shown } = await imagesShown(accountId, message, images);
  const remoteImages =
    shown === "never"
      ? new Map<string, string>()
      : imageAddresses(accountId, message.id, allRemote(message), Date.now());
  return frameDocument(body, { inlineImages, remoteImages, ...options });
}

/** A message within a message, by the name of the part that holds it. */
function enclosedAt({ enclosed }: MessageContent, name: string): MessageContent | null {
  for (const message of enclosed) {
    const found = partName(message.partId) === name ? message : enclosedAt(message, name);
    if (found !== null) return found;
  }
  return null;
}

/**
 * Below these addresses, and nowhere else, are the pictures of a message: those it brings; and those from elsewhere, where its
 * document shows any.
 */
export function picturesOf(accountId: AccountId, messageId: MessageId, document = ""): string[] {
  const remote = remoteImagesPath(accountId, messageId);
  return [attachmentsPath(accountId, messageId), ...(document.includes(remote) ? [remote] : [])].map(
    (path) => new URL(path, env().NEXTAUTH_URL).href,
  );
}

/** The part of a message that an address names. */
export function findPart(message: Message, name: string): MessagePart | null {
  const open: MessagePart[] = [message.payload];
  for (let part = open.pop(); part; part = open.pop()) {
    if (partName(part.partId) === name) return part;
    open.push(...part.parts);
  }
  return null;
}
