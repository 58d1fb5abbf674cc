import "server-only";
import type { Transaction } from "../db/client.ts";
import type { AccountId, LabelId, MessageId } from "../domain/mail.ts";
import { inOrder } from "./label-order.ts";

/** What becomes of a message of the copy: these labels, or (null) nothing. */
export interface MessageChange {
  readonly id: MessageId;
  readonly labelIds: readonly LabelId[] | null;
}

/**
 * Gives messages of the copy other labels, or removes them, with their places in lists and the lists' counts. Names of
 * messages that the copy lacks are passed over. The caller holds the copy's lock.
 */
export async function changeMessages(
  tx: Transaction,
  accountId: AccountId,
  changes: readonly MessageChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const wanted = changes.map(({ id, labelIds }) => ({
    messageId: id,
    labelIds: labelIds && inOrder(labelIds),
  }));
  await tx.$executeRaw`
    WITH wanted AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) AS w("messageId" text, "labelIds" text[])
    ), before AS (
      SELECT m."messageId", m."internalDate", m."labelIds" AS old, w."labelIds" AS new
      FROM wanted w
      JOIN "MirroredMessage" m ON m."accountId" = ${accountId}::uuid AND m."messageId" = w."messageId"
      WHERE m."labelIds" IS DISTINCT FROM w."labelIds"
    ), relabelled AS (
      UPDATE "MirroredMessage" m SET "labelIds" = b.new
      FROM before b
      WHERE m."accountId" = ${accountId}::uuid AND m."messageId" = b."messageId" AND b.new IS NOT NULL
    ), removed AS (
      DELETE FROM "MirroredMessage" m USING before b
      WHERE m."accountId" = ${accountId}::uuid AND m."messageId" = b."messageId" AND b.new IS NULL
      RETURNING m."messageId"
    ), bodies AS (
      DELETE FROM "MessageBody" WHERE "accountId" = ${accountId}::uuid AND "messageId" IN (SELECT "messageId" FROM removed)
    ), leaving AS (
      SELECT "messageId", "internalDate", label, ('UNREAD' = ANY(old))::int AS unread
      FROM before, unnest(listed_labels(old)) AS label
    ), entering AS (
      SELECT "messageId", "internalDate", label, ('UNREAD' = ANY(new))::int AS unread
      FROM before, unnest(listed_labels(new)) AS label
    ), unlisted AS (
      DELETE FROM "MessageLabel" l
      USING (SELECT "messageId", "internalDate", label FROM leaving
             EXCEPT SELECT "messageId", "internalDate", label FROM entering) gone
      WHERE l."accountId" = ${accountId}::uuid AND l."labelId" = gone.label
        AND l."internalDate" = gone."internalDate" AND l."messageId" = gone."messageId"
    ), listed AS (
      INSERT INTO "MessageLabel" ("accountId", "labelId", "internalDate", "messageId")
      SELECT ${accountId}::uuid, label, "internalDate", "messageId"
      FROM (SELECT "messageId", "internalDate", label FROM entering
            EXCEPT SELECT "messageId", "internalDate", label FROM leaving) come
      ON CONFLICT DO NOTHING
    ), counted AS (
      INSERT INTO "MirroredLabel" AS known ("accountId", "labelId", "messages", "unread")
      SELECT ${accountId}::uuid, label, sum(messages), sum(unread)
      FROM (SELECT label, 1 AS messages, unread FROM entering
            UNION ALL SELECT label, -1, -unread FROM leaving) moved
      GROUP BY label HAVING sum(messages) <> 0 OR sum(unread) <> 0
      ON CONFLICT ("accountId", "labelId") DO UPDATE SET
        "messages" = known."messages" + EXCLUDED."messages",
        "unread" = known."unread" + EXCLUDED."unread",
        "googleMessages" = greatest(0, known."googleMessages" + EXCLUDED."messages"),
        "googleUnread" = greatest(0, known."googleUnread" + EXCLUDED."unread")
    )
    UPDATE "Mirror" SET "messages" = "messages" - (SELECT count(*) FROM removed)
    WHERE "accountId" = ${accountId}::uuid AND EXISTS (SELECT 1 FROM removed)`;
}
