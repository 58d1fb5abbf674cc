import "server-only";
import type { Transaction } from "../db/client.ts";
import type { AccountId, MessageId } from "../domain/mail.ts";
import type { Sealer } from "../domain/sealer.ts";
import { openRow, type StoredMessage, type StoredRow } from "./message-rows.ts";

/** A message of a conversation. */
export interface ConversationRow {
  readonly message: StoredMessage;
  /** Its sealed body, where it is one of those shown open and was kept. */
  readonly bodySealed: Uint8Array | null;
}

/** Gmail begins another thread after a hundred messages; what is beyond this is not looked at. */
const longestThread = 500;

/** As many bodies as one page shows open. */
export const openAtMost = 30;

/**
 * The messages of the thread that a message is in, oldest first, with the bodies of those shown open: the message itself,
 * those in `unfolded`, what is unread and the newest. One question to the database.
 * @returns an empty list where the copy does not know the message, or knows no thread of it yet
 */
export async function readConversationRows(
  tx: Transaction,
  sealer: Sealer,
  accountId: AccountId,
  messageId: MessageId,
  unfolded: readonly MessageId[] | "all",
): Promise<ConversationRow[]> {
  const open = [messageId, ...(unfolded === "all" ? [] : unfolded)];
  const rows = await tx.$queryRaw<(StoredRow & { readonly bodySealed: Uint8Array | null })[]>`
    WITH thread AS (
      SELECT "messageId", "threadId", "internalDate", "labelIds", "metadataSealed",
        row_number() OVER (ORDER BY "internalDate" DESC, "messageId" DESC) AS age,
        ("messageId" = ANY(${open}))::int * 2 + ('UNREAD' = ANY("labelIds"))::int AS wanted
      FROM "MirroredMessage"
      WHERE "accountId" = ${accountId}::uuid AND "threadId" = (
        SELECT "threadId" FROM "MirroredMessage" WHERE "accountId" = ${accountId}::uuid AND "messageId" = ${messageId}
      )
      ORDER BY "internalDate" DESC, "messageId" DESC LIMIT ${longestThread}
    ), opened AS (
      SELECT "messageId" FROM thread WHERE wanted > 0 OR age = 1 OR ${unfolded === "all"} ORDER BY wanted DESC, age LIMIT ${openAtMost}
    )
    SELECT thread.*, body."bodySealed"
    FROM thread
    LEFT JOIN "MessageBody" body ON body."accountId" = ${accountId}::uuid AND body."messageId" = thread."messageId"
      AND thread."messageId" IN (SELECT "messageId" FROM opened)
    ORDER BY age DESC`;
  return rows.map(({ bodySealed, ...row }) => ({ bodySealed, message: openRow(sealer, row) }));
}
