import "server-only";
import type { Transaction } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { labelIdOf, messageIdOf, threadIdOf } from "../domain/ids.ts";
import type { AccountId, LabelId, MessageId, ThreadId } from "../domain/mail.ts";
import { allMail } from "../domain/mail-list.ts";
import type { SealedPlace, Sealer } from "../domain/sealer.ts";

/** A message of the copy, with its metadata opened. */
export interface StoredMessage {
  readonly id: MessageId;
  /** Null in a row that was kept before threads were, until a job has come to it: its metadata names it. */
  readonly threadId: ThreadId | null;
  readonly internalDateMs: number;
  readonly labelIds: readonly LabelId[];
  /** Null when it does not open. */
  readonly metadata: string | null;
}

/** A place between two rows of a list. */
export interface RowKey {
  readonly internalDateMs: number;
  readonly messageId: string;
}

export interface RowsAsked {
  readonly accountId: AccountId;
  readonly labelId: LabelId;
  /** Rows on the older side of this one, or on the newer side; from the newest on when there is none. */
  readonly from: { readonly side: "older" | "newer"; readonly key: RowKey } | null;
  readonly limit: number;
}

export const metadataPlace = (id: string): SealedPlace => ({
  table: "MirroredMessage",
  field: "metadata",
  row: id,
});

/** A row as the table has it. */
export interface StoredRow {
  readonly messageId: string;
  readonly threadId: string | null;
  readonly internalDate: bigint;
  readonly labelIds: string[];
  readonly metadataSealed: Uint8Array;
}

/** Rows of a list, newest first: a range of the index, wherever in the list it begins. */
export async function readRows(tx: Transaction, sealer: Sealer, asked: RowsAsked): Promise<StoredMessage[]> {
  const { accountId, labelId, from, limit } = asked;
  const rows = await tx.$queryRaw<StoredRow[]>`
    SELECT l."messageId", l."internalDate", m."threadId", m."labelIds", m."metadataSealed"
    FROM (
      SELECT "messageId", "internalDate" FROM "MessageLabel"
      WHERE "accountId" = ${accountId}::uuid AND "labelId" = ${labelId} ${range(from)}
      LIMIT ${limit}
    ) l
    JOIN "MirroredMessage" m ON m."accountId" = ${accountId}::uuid AND m."messageId" = l."messageId"`;
  return rows.map((row) => openRow(sealer, row)).sort(newestFirst);
}

function range(from: RowsAsked["from"]): Prisma.Sql {
  const newest = Prisma.sql`ORDER BY "internalDate" DESC, "messageId" DESC`;
  if (from === null) return newest;
  const { internalDateMs, messageId } = from.key;
  return from.side === "older"
    ? Prisma.sql`AND ("internalDate", "messageId") < (${internalDateMs}::bigint, ${messageId}) ${newest}`
    : Prisma.sql`AND ("internalDate", "messageId") > (${internalDateMs}::bigint, ${messageId})
        ORDER BY "internalDate", "messageId"`;
}

/** As the index has them; ids are compared by their bytes, whatever the database's collation. */
const newestFirst = (a: StoredMessage, b: StoredMessage): number =>
  b.internalDateMs - a.internalDateMs || (a.id < b.id ? 1 : -1);

/** Those of these messages that are in the copy, by id. */
export async function readMessages(
  tx: Transaction,
  sealer: Sealer,
  accountId: AccountId,
  ids: readonly MessageId[],
): Promise<Map<MessageId, StoredMessage>> {
  const rows = await tx.copiedMessage.findMany({ where: { accountId, messageId: { in: [...ids] } } });
  return new Map(rows.map((row) => [messageIdOf(row.messageId), openRow(sealer, row)]));
}

/** Which of these messages are in the copy, and which labels they have there. */
export async function readLabelsOf(
  tx: Transaction,
  accountId: AccountId,
  ids: readonly MessageId[],
): Promise<Map<MessageId, LabelId[]>> {
  const rows = await tx.$queryRaw<{ messageId: MessageId; labelIds: LabelId[] }[]>`
    SELECT "messageId", "labelIds" FROM "MirroredMessage"
    WHERE "accountId" = ${accountId}::uuid AND "messageId" = ANY(${ids})`;
  return new Map(rows.map(({ messageId, labelIds }) => [messageId, labelIds]));
}

/** @throws nothing: what does not open is null in it */
export function openRow(sealer: Sealer, row: StoredRow): StoredMessage {
  const { messageId, threadId, internalDate, labelIds, metadataSealed } = row;
  const opened = sealer.openOrNull(metadataSealed, metadataPlace(messageId));
  return {
    id: messageIdOf(messageId),
    threadId: threadId === null ? null : threadIdOf(threadId),
    internalDateMs: Number(internalDate),
    labelIds: labelIds.map(labelIdOf),
    metadata: opened && Buffer.from(opened).toString("utf8"),
  };
}

/** When the newest of these messages was received, in milliseconds; null when the copy has none of them. */
export async function newestOf(
  tx: Transaction,
  accountId: AccountId,
  ids: readonly MessageId[],
): Promise<number | null> {
  const [found] = await tx.$queryRaw<[{ newest: bigint | null }]>`
    SELECT max("internalDate") AS newest FROM "MirroredMessage"
    WHERE "accountId" = ${accountId}::uuid AND "messageId" = ANY(${ids})`;
  return found.newest === null ? null : Number(found.newest);
}

/** How many messages of the copy, but those in spam and bin, were received since then. */
export async function countSince(tx: Transaction, accountId: AccountId, sinceMs: number): Promise<number> {
  return tx.messageLabel.count({
    where: { accountId, labelId: allMail, internalDate: { gte: BigInt(sinceMs) } },
  });
}
