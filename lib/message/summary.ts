/** A message as a row of the list: what can be said without its body, and what of that is kept. */

import { labelIdOf } from "../domain/ids.ts";
import type { LabelId, Message, MessageId, MessagePart, ThreadId } from "../domain/mail.ts";
import type { MessageSummary } from "../domain/readable-message.ts";
import { unescapeHtml } from "./html/html-entities.ts";
import { parseAddresses } from "./mime/addresses.ts";
import { headerText, headerValue, structuredHeader } from "./mime/headers.ts";
import { plainAddress } from "./mime/named-address.ts";
import { withoutPadding } from "./mime/visible-text.ts";

const snippetLimit = 1_000;
const depthLimit = 100;

/** Promises not to throw, whatever the headers hold. */
export function summarize(message: Message): MessageSummary {
  const { headers } = message.payload;
  const authors = parseAddresses(headerValue(headers, "from") ?? "").map(plainAddress);
  return {
    id: message.id,
    threadId: message.threadId,
    labelIds: message.labelIds,
    from: authors.find(({ address }) => address !== "") ?? authors[0] ?? null,
    ...(authors.length > 1 && { authors }),
    to: parseAddresses(headerValue(headers, "to") ?? "").map(plainAddress),
    subject: headerText(headers, "subject"),
    snippet: withoutPadding(unescapeHtml(message.snippet.slice(0, snippetLimit))),
    ...marksOf(message.labelIds),
    hasAttachment: hasAttachment(message.payload),
    internalDateMs: message.internalDateMs,
    sizeBytes: message.sizeBytes,
  };
}

/** What labels say about a message itself. */
export const marksOf = (labelIds: readonly LabelId[]) => ({
  unread: labelIds.includes(labelIdOf("UNREAD")),
  starred: labelIds.includes(labelIdOf("STARRED")),
  draft: labelIds.includes(labelIdOf("DRAFT")),
});

/** A named part that is not a picture in the text. Without parts, in a list, a mixed message is taken to have one. */
function hasAttachment(payload: MessagePart): boolean {
  if (payload.parts.length === 0 && payload.mimeType.toLowerCase() === "multipart/mixed") return true;
  const open: { part: MessagePart; depth: number }[] = [{ part: payload, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { part, depth } = next;
    if (isAttached(part)) return true;
    if (depth === depthLimit || part.mimeType.toLowerCase() === "message/rfc822") continue;
    for (const child of part.parts) open.push({ part: child, depth: depth + 1 });
  }
  return false;
}

function isAttached(part: MessagePart): boolean {
  const mimeType = part.mimeType.toLowerCase();
  if (mimeType.startsWith("multipart/") || /pkcs7-signature|pgp-signature/u.test(mimeType)) return false;
  if (structuredHeader(part.headers, "content-disposition").value === "attachment") return true;
  return part.filename !== "" && headerValue(part.headers, "content-id") === null;
}

/** What of a message is kept beside its labels, its thread and its date: what never changes, and nothing is found by. */
export type MessageMetadata = Pick<
  MessageSummary,
  "from" | "authors" | "to" | "subject" | "snippet" | "hasAttachment" | "sizeBytes"
>;

/** Promises not to throw, whatever the headers hold. */
export function metadataOf(message: Message): MessageMetadata {
  const { from, authors, to, subject, snippet, hasAttachment, sizeBytes } = summarize(message);
  return { from, ...(authors && { authors }), to, subject, snippet, hasAttachment, sizeBytes };
}

export interface Labelled {
  readonly id: MessageId;
  readonly threadId: ThreadId;
  readonly internalDateMs: number;
  readonly labelIds: readonly LabelId[];
}

/** A row of a list, from what was kept and the labels of now. */
export function rowOf(
  { id, threadId, internalDateMs, labelIds }: Labelled,
  metadata: MessageMetadata,
): MessageSummary {
  return { ...metadata, id, threadId, internalDateMs, labelIds, ...marksOf(labelIds) };
}
