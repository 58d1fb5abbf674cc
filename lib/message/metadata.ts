/** What of a message is kept beside its labels and its date, and the row of a list that is made of it. */

import type { LabelId, Message, MessageId, ThreadId } from "../domain/mail.ts";
import type { MessageSummary } from "../domain/readable-message.ts";
import { marksOf, summarize } from "./summary.ts";

/** The part of a row that never changes, and that nothing is found by. */
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
