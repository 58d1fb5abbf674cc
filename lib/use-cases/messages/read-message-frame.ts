import "server-only";
import type { AccountId, Message, MessageId, MessagePart } from "../../domain/mail.ts";
import { attachmentPath, attachmentsPath, partName } from "../../domain/paths.ts";
import { env } from "../../env.ts";
import { frameDocument } from "../../message/frame.ts";
import { type MessageOutcome, readMessage } from "./read-message.ts";

/** The HTML body of a message as a document for its sandboxed frame. Inline images are fetched as they are shown. */
export async function readMessageFrame(
  accountId: AccountId,
  messageId: MessageId,
  /** The words on a folded quote. */
  quotedText: string,
  signal: AbortSignal,
): Promise<MessageOutcome<string>> {
  const outcome = await readMessage(accountId, messageId, signal);
  if (!outcome.ok) return outcome;
  const { body, attachments } = outcome.content;
  if (body.kind !== "html") return { ok: false, trouble: "not-found" };
  const inlineImages = new Map(
    attachments.flatMap(({ contentId, partId }) =>
      contentId === null ? [] : [[contentId, attachmentPath(accountId, messageId, partId)] as const],
    ),
  );
  return {
    ok: true,
    content: frameDocument(body.html, {
      inlineImages,
      colorScheme: "system",
      hasOwnColors: body.hasOwnColors,
      quotedText,
    }),
  };
}

/** Below this address, and nowhere else, are the pictures of a message. */
export const picturesOf = (accountId: AccountId, messageId: MessageId): string =>
  new URL(attachmentsPath(accountId, messageId), env().NEXTAUTH_URL).href;

/** The part of a message that an address names. */
export function findPart(message: Message, name: string): MessagePart | null {
  const open: MessagePart[] = [message.payload];
  for (let part = open.pop(); part; part = open.pop()) {
    if (partName(part.partId) === name) return part;
    open.push(...part.parts);
  }
  return null;
}
