import "server-only";
import type { Transaction } from "../db/client.ts";
import { messageIdOf } from "../domain/ids.ts";
import type { AccountId, LabelId, MessageId } from "../domain/mail.ts";

/** What stands beside a message in a list. */
export interface Neighbours {
  readonly newer: MessageId | null;
  readonly older: MessageId | null;
  /** How many messages of the list are newer; null where they are too many to be counted for a page. */
  readonly before: number | null;
}

/** Counting goes through the index, a thousand in some tenths of a millisecond. */
const countedAtMost = 10_000;

/** @returns null when the message is not in the list */
export async function readNeighbours(
  tx: Transaction,
  accountId: AccountId,
  labelId: LabelId,
  messageId: MessageId,
): Promise<Neighbours | null> {
  const [found] = await tx.$queryRaw<{ newer: string | null; older: string | null; before: number }[]>`
    SELECT
      (SELECT l."messageId" FROM "MessageLabel" l
        WHERE l."accountId" = ${accountId}::uuid AND l."labelId" = ${labelId}
          AND (l."internalDate", l."messageId") > (m."internalDate", m."messageId")
        ORDER BY l."internalDate", l."messageId" LIMIT 1) AS newer,
      (SELECT l."messageId" FROM "MessageLabel" l
        WHERE l."accountId" = ${accountId}::uuid AND l."labelId" = ${labelId}
          AND (l."internalDate", l."messageId") < (m."internalDate", m."messageId")
        ORDER BY l."internalDate" DESC, l."messageId" DESC LIMIT 1) AS older,
      (SELECT count(*) FROM (
        SELECT 1 FROM "MessageLabel" l
        WHERE l."accountId" = ${accountId}::uuid AND l."labelId" = ${labelId}
          AND (l."internalDate", l."messageId") > (m."internalDate", m."messageId")
        LIMIT ${countedAtMost}) AS newer)::int AS before
    FROM "MirroredMessage" m
    JOIN "MessageLabel" itself ON itself."accountId" = ${accountId}::uuid AND itself."labelId" = ${labelId}
      AND itself."internalDate" = m."internalDate" AND itself."messageId" = m."messageId"
    WHERE m."accountId" = ${accountId}::uuid AND m."messageId" = ${messageId}`;
  if (!found) return null;
  const { newer, older, before } = found;
  return {
    newer: newer === null ? null : messageIdOf(newer),
    older: older === null ? null : messageIdOf(older),
    before: before === countedAtMost ? null : before,
  };
}
