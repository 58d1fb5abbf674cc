import "server-only";
import type { AccountId, Message, MessageId, MessagePart } from "../../domain/mail.ts";
import { env } from "../../env.ts";
import { frameDocument } from "../../message/frame.ts";
import { type MessageOutcome, readMessage } from "./read-message.ts";

/** The HTML body of a message as a document for its sandboxed frame. Inline images are fetched as they are shown. */
export async function readMessageFrame(
  accountId: AccountId,
  messageId: MessageId,
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
    }),
  };
}

/** Below this address, and nowhere else, are the pictures of a message. */
export const picturesOf = (accountId: AccountId, messageId: MessageId): string =>
  `${new URL(env().NEXTAUTH_URL).origin}/mail/${accountId}/message/${messageId}/attachment/`;

export const attachmentPath = (accountId: AccountId, messageId: MessageId, partId: string): string =>
  `/mail/${accountId}/message/${messageId}/attachment/${encodeURIComponent(partId || "root")}`;

/** The part of a message with this id; "root" names the message's own. */
export function findPart(message: Message, partId: string): MessagePart | null {
  const open: MessagePart[] = [message.payload];
  for (let part = open.pop(); part; part = open.pop()) {
    if ((part.partId || "root") === partId) return part;
    open.push(...part.parts);
  }
  return null;
}
