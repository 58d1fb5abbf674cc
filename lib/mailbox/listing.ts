import "server-only";
import type { Transaction } from "../db/client.ts";
import type { AccountId, LabelId, MessageId } from "../domain/mail.ts";
import { changeMessages, type MessageChange } from "./change-messages.ts";
import { inOrder } from "./label-order.ts";

/** The listing's name for the mailbox as a whole. */
export const EVERYTHING = "";

/** Writes down, beside the copy, that these messages have this label at Google. */
export async function noteListed(
  tx: Transaction,
  accountId: AccountId,
  labelId: string,
  ids: readonly MessageId[],
): Promise<void> {
  await tx.listedMessage.createMany({
    data: ids.map((messageId) => ({ accountId, messageId, labelId })),
    skipDuplicates: true,
  });
}

const swappedAtOnce = 1_000;

/**
 * Gives the copy the labels that were listed, and removes what was not: in the caller's transaction, which holds the
 * Mirror's lock, so nobody sees it half done. Messages that were fetched after the listing began are as new as it is
 * and stay as they are.
 * @param historyId the mailbox's history id from before the listing
 * @returns whether messages were listed that the copy lacks
 */
export async function swapInListing(
  tx: Transaction,
  accountId: AccountId,
  historyId: string,
): Promise<boolean> {
  for (let after = ""; ; ) {
    const rows = await tx.$queryRaw<{ messageId: string; historyId: bigint; listed: string[] | null }[]>`
      SELECT m."messageId", m."historyId", (
        SELECT array_agg(l."labelId") FROM "ListedMessage" l
        WHERE l."accountId" = ${accountId}::uuid AND l."messageId" = m."messageId"
      ) AS listed
      FROM "MirroredMessage" m
      WHERE m."accountId" = ${accountId}::uuid AND m."messageId" > ${after}
      ORDER BY m."messageId" LIMIT ${swappedAtOnce}`;
    const older = rows.filter((row) => row.historyId <= BigInt(historyId));
    await changeMessages(tx, accountId, older.map(changeOf));
    const last = rows.at(-1);
    if (!last || rows.length < swappedAtOnce) break;
    after = last.messageId;
  }
  const [found] = await tx.$queryRaw<[{ lacks: boolean }]>`
    SELECT EXISTS (
      SELECT 1 FROM "ListedMessage" l
      WHERE l."accountId" = ${accountId}::uuid AND l."labelId" = ${EVERYTHING} AND NOT EXISTS (
        SELECT 1 FROM "MirroredMessage" m
        WHERE m."accountId" = ${accountId}::uuid AND m."messageId" = l."messageId"
      )
    ) AS lacks`;
  await forgetListing(tx, accountId);
  return found.lacks;
}

function changeOf({ messageId, listed }: { messageId: string; listed: string[] | null }): MessageChange {
  const exists = listed?.includes(EVERYTHING) ?? false;
  const labelIds = exists ? inOrder((listed ?? []).filter((id) => id !== EVERYTHING) as LabelId[]) : null;
  return { id: messageId as MessageId, labelIds };
}

/** Drops what was listed, to begin anew or because it is done. */
export async function forgetListing(tx: Transaction, accountId: AccountId): Promise<void> {
  await tx.listedMessage.deleteMany({ where: { accountId } });
}
