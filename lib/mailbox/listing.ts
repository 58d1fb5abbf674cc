import "server-only";
import type { Transaction } from "../db/client.ts";
import { labelIdOf, messageIdOf } from "../domain/ids.ts";
import type { AccountId, MessageId } from "../domain/mail.ts";
import { changeMessages, inOrder, type MessageChange } from "./write-messages.ts";

/** The listing's name for the mailbox as a whole. */
export const everything = "";

/** Writes down, beside the copy, that these messages have this label at Google. @returns how many were not known to */
export async function noteListed(
  tx: Transaction,
  accountId: AccountId,
  labelId: string,
  ids: readonly MessageId[],
): Promise<number> {
  const { count } = await tx.listedMessage.createMany({
    data: ids.map((messageId) => ({ accountId, messageId, labelId })),
    skipDuplicates: true,
  });
  return count;
}

/** How many messages are listed with this label. */
export const countListed = (tx: Transaction, accountId: AccountId, labelId: string): Promise<number> =>
  tx.listedMessage.count({ where: { accountId, labelId } });

/** How many messages of the copy would be removed for not being listed, and some of them, the newest ids first. */
export async function unlistedOf(
  tx: Transaction,
  accountId: AccountId,
  historyId: string,
  atMost: number,
): Promise<{ readonly unlisted: number; readonly sample: readonly MessageId[] }> {
  const rows = await tx.$queryRaw<{ messageId: MessageId; unlisted: number }[]>`
    SELECT m."messageId", count(*) OVER ()::int AS unlisted
    FROM "MirroredMessage" m
    WHERE m."accountId" = ${accountId}::uuid AND m."historyId" <= ${BigInt(historyId)} AND NOT EXISTS (
      SELECT 1 FROM "ListedMessage" l
      WHERE l."accountId" = ${accountId}::uuid AND l."messageId" = m."messageId" AND l."labelId" = ${everything}
    )
    ORDER BY m."messageId" DESC LIMIT ${atMost}`;
  return { unlisted: rows[0]?.unlisted ?? 0, sample: rows.map(({ messageId }) => messageId) };
}

/** No message of the copy is as new as what is listed from now on: the mailbox counts its history from an earlier point. */
export async function forgetHistoryIds(tx: Transaction, accountId: AccountId): Promise<void> {
  await tx.copiedMessage.updateMany({ where: { accountId }, data: { historyId: 0n } });
}

const swappedAtOnce = 1_000;

/**
 * Gives the copy the labels that were listed, and removes what was not: in the caller's transaction, which holds the
 * copy's lock, so nobody sees it half done. Messages that were fetched after the listing began are as new as it is
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
      WHERE l."accountId" = ${accountId}::uuid AND l."labelId" = ${everything} AND NOT EXISTS (
        SELECT 1 FROM "MirroredMessage" m
        WHERE m."accountId" = ${accountId}::uuid AND m."messageId" = l."messageId"
      )
    ) AS lacks`;
  await tx.$executeRaw`
    DELETE FROM "FailedMessage" f
    WHERE f."accountId" = ${accountId}::uuid AND NOT EXISTS (
      SELECT 1 FROM "ListedMessage" l
      WHERE l."accountId" = ${accountId}::uuid AND l."messageId" = f."messageId" AND l."labelId" = ${everything}
    )`;
  await forgetListing(tx, accountId);
  return found.lacks;
}

function changeOf({ messageId, listed }: { messageId: string; listed: string[] | null }): MessageChange {
  const exists = listed?.includes(everything) ?? false;
  const labelIds = exists ? inOrder((listed ?? []).filter((id) => id !== everything).map(labelIdOf)) : null;
  return { id: messageIdOf(messageId), labelIds };
}

/** Drops what was listed (with one label, where it is named), to begin anew or because it is done. */
export async function forgetListing(tx: Transaction, accountId: AccountId, labelId?: string): Promise<void> {
  await tx.listedMessage.deleteMany({ where: { accountId, ...(labelId === undefined ? {} : { labelId }) } });
}
