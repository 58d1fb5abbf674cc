import "server-only";
import type { Transaction } from "../db/client.ts";
import type { AccountId, MessageId } from "../domain/mail.ts";
import { copyStays } from "./mirror.ts";

/** So often a message is asked for before it is set aside. */
const triesAllowed = 5;

/** Writes down that Gmail names these messages and does not give them. @returns those that are set aside from now on */
export async function noteFailed(
  tx: Transaction,
  accountId: AccountId,
  failures: ReadonlyMap<MessageId, string>,
): Promise<MessageId[]> {
  const failed = [...failures].map(([messageId, cause]) => ({ messageId, cause }));
  const noted = await tx.$queryRaw<{ messageId: MessageId; tries: number }[]>`
    INSERT INTO "FailedMessage" AS known ("accountId", "messageId", "cause")
    SELECT copy."accountId", f.* FROM ${copyStays(accountId)},
      jsonb_to_recordset(${JSON.stringify(failed)}::jsonb) AS f("messageId" text, cause text)
    ON CONFLICT ("accountId", "messageId") DO UPDATE
      SET "tries" = known."tries" + 1, "cause" = EXCLUDED."cause", "lastAt" = now()
    RETURNING "messageId", "tries"`;
  return noted.filter(({ tries }) => tries === triesAllowed).map(({ messageId }) => messageId);
}

/** Messages that nobody asks for any more. */
export async function setAside(tx: Transaction, accountId: AccountId, ids: readonly MessageId[]) {
  const rows = await tx.$queryRaw<{ messageId: MessageId }[]>`
    SELECT "messageId" FROM "FailedMessage"
    WHERE "accountId" = ${accountId}::uuid AND "messageId" = ANY(${ids}) AND tries >= ${triesAllowed}`;
  return new Set(rows.map(({ messageId }) => messageId));
}

/** Once all is here that comes, what was hard to get is of no interest any more; what never came is. */
export async function forgetHardOnes(tx: Transaction, accountId: AccountId): Promise<void> {
  await tx.failedMessage.deleteMany({ where: { accountId, tries: { lt: triesAllowed } } });
}
