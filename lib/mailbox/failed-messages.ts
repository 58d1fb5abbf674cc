import "server-only";
import type { Transaction } from "../db/client.ts";
import { messageIdOf } from "../domain/ids.ts";
import type { AccountId, MessageId } from "../domain/mail.ts";
import { copyStays } from "./copy-head.ts";

/** After this many tries a message is set aside: it is told to the operator, and asked for seldom. */
const triesBeforeAside = 5;

/** Seconds to the next try: 5, 20, 80, five minutes, and on by four to a week. */
const firstDistanceSeconds = 5;
const longestDistanceSeconds = 7 * 24 * 3_600;

/**
 * Writes down that Gmail names these messages and does not give them, and when each is to be asked for again.
 * @param failures the cause by message
 * @returns those that are set aside from now on
 */
export async function noteFailed(
  tx: Transaction,
  accountId: AccountId,
  failures: ReadonlyMap<MessageId, string>,
): Promise<MessageId[]> {
  const failed = [...failures].map(([messageId, cause]) => ({ messageId, cause }));
  const noted = await tx.$queryRaw<{ messageId: MessageId; tries: number }[]>`
    INSERT INTO "FailedMessage" AS known ("accountId", "messageId", "cause", "nextAt")
    SELECT copy."accountId", f.*, now() + ${firstDistanceSeconds}::int * interval '1 second'
    FROM ${copyStays(accountId)},
      jsonb_to_recordset(${JSON.stringify(failed)}::jsonb) AS f("messageId" text, cause text)
    ON CONFLICT ("accountId", "messageId") DO UPDATE
      SET "tries" = known."tries" + 1, "cause" = EXCLUDED."cause", "lastAt" = now(),
        "nextAt" = now() + least(${longestDistanceSeconds}::int, ${firstDistanceSeconds}::int * 4 ^ least(known."tries", 20))
          * interval '1 second'
    RETURNING "messageId", "tries"`;
  return noted.filter(({ tries }) => tries === triesBeforeAside).map(({ messageId }) => messageId);
}

/** Which of these messages failed, and are not to be asked for yet. */
export async function failedOf(
  tx: Transaction,
  accountId: AccountId,
  ids: readonly MessageId[],
): Promise<ReadonlySet<MessageId>> {
  const rows = await tx.$queryRaw<{ messageId: MessageId }[]>`
    SELECT "messageId" FROM "FailedMessage"
    WHERE "accountId" = ${accountId}::uuid AND "messageId" = ANY(${ids}) AND "nextAt" > now()`;
  return new Set(rows.map(({ messageId }) => messageId));
}

/** Of these messages, those that Gmail has named and not given so far, with the cause. */
export async function refusedOf(
  tx: Transaction,
  accountId: AccountId,
  ids: readonly MessageId[],
): Promise<ReadonlyMap<MessageId, string>> {
  const rows = await tx.failedMessage.findMany({
    where: { accountId, messageId: { in: [...ids] } },
    select: { messageId: true, cause: true },
  });
  return new Map(rows.map(({ messageId, cause }) => [messageIdOf(messageId), cause]));
}

/** Messages whose next try is due, those that wait longest first. */
export async function dueFailures(
  tx: Transaction,
  accountId: AccountId,
  atMost: number,
): Promise<MessageId[]> {
  const rows = await tx.$queryRaw<{ messageId: MessageId }[]>`
    SELECT "messageId" FROM "FailedMessage"
    WHERE "accountId" = ${accountId}::uuid AND "nextAt" <= now() ORDER BY "nextAt" LIMIT ${atMost}`;
  return rows.map(({ messageId }) => messageId);
}

/** When the next of them is to be tried; null when all is here. */
export async function nextTryAt(tx: Transaction, accountId: AccountId): Promise<Date | null> {
  const { _min } = await tx.failedMessage.aggregate({ where: { accountId }, _min: { nextAt: true } });
  return _min.nextAt;
}

/** How many messages Gmail has named and not given. */
export const countFailed = (tx: Transaction, accountId: AccountId): Promise<number> =>
  tx.failedMessage.count({ where: { accountId } });

/** How many messages are set aside. */
export const countAside = (tx: Transaction, accountId: AccountId): Promise<number> =>
  tx.failedMessage.count({ where: { accountId, tries: { gte: triesBeforeAside } } });

/** They have come, or are deleted at Gmail. */
export async function forgetFailed(
  tx: Transaction,
  accountId: AccountId,
  ids: readonly MessageId[],
): Promise<void> {
  if (ids.length > 0)
    await tx.failedMessage.deleteMany({ where: { accountId, messageId: { in: [...ids] } } });
}
