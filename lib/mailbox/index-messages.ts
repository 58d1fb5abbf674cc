import "server-only";
import type { Transaction } from "../db/client.ts";
import type { AccountId, MessageId, ThreadId } from "../domain/mail.ts";
import type { MailAddress } from "../domain/readable-message.ts";
import type { Sealer } from "../domain/sealer.ts";
import { openRow, type StoredMessage } from "./message-rows.ts";
import { senderKeysOf } from "./sender-keys.ts";

/**
 * Messages that were kept before there were columns for threads and senders, in the order of their ids.
 * @returns null when the copy is gone, or nothing is left to be looked at
 */
export async function readUnindexed(
  tx: Transaction,
  sealer: Sealer,
  accountId: AccountId,
  limit: number,
): Promise<StoredMessage[] | null> {
  const head = await tx.copyHead.findUnique({
    where: { accountId },
    select: { indexedTo: true, indexedAt: true },
  });
  if (!head || head.indexedAt) return null;
  const rows = await tx.copiedMessage.findMany({
    where: { accountId, messageId: { gt: head.indexedTo ?? "" } },
    orderBy: { messageId: "asc" },
    take: limit,
  });
  return rows.map((row) => openRow(sealer, row));
}

/** What the columns of a message are to hold. */
export interface Indexed {
  readonly id: MessageId;
  readonly threadId: ThreadId;
  readonly from: MailAddress | null;
}

/** Fills the columns in. @param to up to which message this is done; null for all of them */
export async function storeIndexed(
  tx: Transaction,
  sealer: Sealer,
  accountId: AccountId,
  messages: readonly Indexed[],
  to: MessageId | null,
): Promise<void> {
  const rows = messages.map(({ id, threadId, from }) => {
    const { senderKey, senderNameKey } = senderKeysOf(sealer, from);
    // JSON has no bigint.
    return { id, threadId, senderKey: senderKey?.toString(), senderNameKey: senderNameKey?.toString() };
  });
  await tx.$executeRaw`
    WITH head AS (
      UPDATE "Mirror" SET "indexedTo" = ${to}::text, "indexedAt" = CASE WHEN ${to}::text IS NULL THEN now() END
      WHERE "accountId" = ${accountId}::uuid RETURNING "accountId"
    )
    UPDATE "MirroredMessage" m
    SET "threadId" = r."threadId", "senderKey" = r."senderKey", "senderNameKey" = r."senderNameKey"
    FROM head, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(id text, "threadId" text, "senderKey" bigint, "senderNameKey" bigint)
    WHERE m."accountId" = head."accountId" AND m."messageId" = r.id`;
}
