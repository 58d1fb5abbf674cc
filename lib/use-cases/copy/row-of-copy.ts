import type { MessageId } from "../../domain/mail.ts";
import type { PageRow } from "../../domain/message-page.ts";
import type { StoredMessage } from "../../mailbox/message-rows.ts";
import { type MessageMetadata, rowOf } from "../../message/metadata.ts";

/**
 * A row of a list, of what the copy has of a message: one that does not open is awaited.
 * @param withheld those that Gmail does not give either, where they do not open
 */
export function rowOfCopy(
  { metadata, ...message }: StoredMessage,
  withheld: ReadonlySet<MessageId> = new Set(),
): PageRow {
  const { id } = message;
  if (metadata === null) return { kind: withheld.has(id) ? "withheld" : "awaited", id };
  // Written by `bringIn` alone, and sealed since.
  return { kind: "message", message: rowOf(message, JSON.parse(metadata) as MessageMetadata) };
}
