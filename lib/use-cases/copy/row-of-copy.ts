import { threadIdOf } from "../../domain/ids.ts";
import type { MessageId, ThreadId } from "../../domain/mail.ts";
import type { PageRow } from "../../domain/message-page.ts";
import type { StoredMessage } from "../../mailbox/message-rows.ts";
import { type MessageMetadata, rowOf } from "../../message/metadata.ts";

/**
 * A row of a list, of what the copy has of a message: one that does not open is awaited.
 * @param withheld those that Gmail does not give either, where they do not open
 */
export function rowOfCopy(stored: StoredMessage, withheld: ReadonlySet<MessageId> = new Set()): PageRow {
  const { id, internalDateMs, labelIds } = stored;
  const found = storedMetadata(stored);
  if (found === null) return { kind: withheld.has(id) ? "withheld" : "awaited", id };
  const { threadId, metadata } = found;
  return { kind: "message", message: rowOf({ id, threadId, internalDateMs, labelIds }, metadata) };
}

/** What was sealed of a message, and its thread; null where it does not open. */
export function storedMetadata({ id, threadId, metadata }: StoredMessage): {
  readonly threadId: ThreadId;
  readonly metadata: MessageMetadata;
} | null {
  if (metadata === null) return null;
  // Written by `toStore` alone, and sealed since; with the thread's id, before that had a column.
  const { threadId: sealed, ...stored } = JSON.parse(metadata) as MessageMetadata & { threadId?: ThreadId };
  // A message that nobody knows a thread of is one by itself.
  return { threadId: threadId ?? sealed ?? threadIdOf(id), metadata: stored };
}
