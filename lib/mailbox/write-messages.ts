import "server-only";
import { setImmediate as breathe } from "node:timers/promises";
import type { Transaction } from "../db/client.ts";
import type { AccountId, LabelId, MessageId, ThreadId } from "../domain/mail.ts";
import type { MailAddress } from "../domain/readable-message.ts";
import type { Sealer } from "../domain/sealer.ts";
import { metadataPlace } from "./message-rows.ts";
import { senderKeysOf } from "./sender-keys.ts";

/** Labels as they are stored: each once, in one order, so that equal sets are equal values. */
export const inOrder = (labelIds: Iterable<LabelId>): LabelId[] => [...new Set(labelIds)].sort();

/** A message as it goes into the copy. */
export interface MessageToStore {
  readonly id: MessageId;
  readonly internalDateMs: number;
  /** As Gmail told it with the message. */
  readonly historyId: string;
  readonly labelIds: readonly LabelId[];
  readonly threadId: ThreadId;
  readonly from: MailAddress | null;
  /** What lists show beside labels and date; sealed here. */
  readonly metadata: string;
}

/**
 * Puts messages into the copy, hundreds in one statement; those that are there already stay as they are.
 * @param revision the copy's from before the messages were read from Gmail: when a change was worked in since
 * then, it may have concerned them, and nothing is stored
 * @param arrived whether they have just come to Google: then they are also more than Google counted before
 * @returns how many were new; null when nothing could be stored
 */
export async function storeMessages(
  tx: Transaction,
  sealer: Sealer,
  accountId: AccountId,
  revision: bigint,
  messages: Iterable<MessageToStore>,
  arrived = false,
): Promise<number | null> {
  const rows = await sealRows(sealer, messages);
  const [answer] = await tx.$queryRaw<[{ open: boolean; stored: number }]>`
    WITH head AS (
      SELECT "accountId" FROM "Mirror"
      WHERE "accountId" = ${accountId}::uuid AND "changes" = ${revision}
      FOR UPDATE
    ), stored AS (
      INSERT INTO "MirroredMessage"
        ("accountId", "messageId", "internalDate", "historyId", "labelIds", "metadataSealed",
         "threadId", "senderKey", "senderNameKey")
      SELECT head."accountId", m."messageId", m."internalDate", m."historyId", m."labelIds", decode(m.sealed, 'base64'),
        m."threadId", m."senderKey", m."senderNameKey"
      FROM head, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS m("messageId" text, "internalDate" bigint, "historyId" bigint, "labelIds" text[], sealed text,
          "threadId" text, "senderKey" bigint, "senderNameKey" bigint)
      ON CONFLICT DO NOTHING
      RETURNING "accountId", "messageId", "internalDate", "labelIds"
    ), come AS (
      DELETE FROM "FailedMessage" f USING stored s
      WHERE f."accountId" = s."accountId" AND f."messageId" = s."messageId"
    ), worn AS (
      SELECT s.*, label FROM stored s, unnest(listed_labels(s."labelIds")) AS label
    ), listed AS (
      INSERT INTO "MessageLabel" ("accountId", "labelId", "internalDate", "messageId")
      SELECT "accountId", label, "internalDate", "messageId" FROM worn
      ON CONFLICT DO NOTHING
    ), counted AS (
      INSERT INTO "MirroredLabel" AS known ("accountId", "labelId", "messages", "unread")
      SELECT "accountId", label, count(*), count(*) FILTER (WHERE 'UNREAD' = ANY("labelIds"))
      FROM worn GROUP BY 1, 2
      ON CONFLICT ("accountId", "labelId") DO UPDATE
        SET "messages" = known."messages" + EXCLUDED."messages", "unread" = known."unread" + EXCLUDED."unread",
          "googleMessages" = known."googleMessages" + CASE WHEN ${arrived} THEN EXCLUDED."messages" ELSE 0 END,
          "googleUnread" = known."googleUnread" + CASE WHEN ${arrived} THEN EXCLUDED."unread" ELSE 0 END
    ), grown AS (
      UPDATE "Mirror" SET "messages" = "messages" + (SELECT count(*) FROM stored),
        "about" = "about" + CASE WHEN ${arrived} THEN (SELECT count(*) FROM stored) ELSE 0 END
      WHERE "accountId" IN (SELECT "accountId" FROM head)
    )
    SELECT EXISTS (SELECT 1 FROM head) AS open, (SELECT count(*) FROM stored)::int AS stored`;
  return answer.open ? answer.stored : null;
}

/** Seals anew what lists show of messages that are in the copy: content does not change, so this is never out of date. */
export async function resealMessages(
  tx: Transaction,
  sealer: Sealer,
  accountId: AccountId,
  messages: Iterable<MessageToStore>,
): Promise<void> {
  const rows = await sealRows(sealer, messages);
  await tx.$executeRaw`
    WITH copy AS (SELECT 1 FROM "Mirror" WHERE "accountId" = ${accountId}::uuid FOR UPDATE)
    UPDATE "MirroredMessage" m SET "metadataSealed" = decode(r.sealed, 'base64'),
      "threadId" = r."threadId", "senderKey" = r."senderKey", "senderNameKey" = r."senderNameKey"
    FROM copy, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r("messageId" text, sealed text, "threadId" text, "senderKey" bigint, "senderNameKey" bigint)
    WHERE m."accountId" = ${accountId}::uuid AND m."messageId" = r."messageId"`;
}

/** Sealing hundreds takes a while: between some dozens of them, other requests of this process are served. */
const sealedAtOnce = 25;

async function sealRows(sealer: Sealer, messages: Iterable<MessageToStore>) {
  const rows = [];
  for (const { id, internalDateMs, historyId, labelIds, threadId, from, metadata } of messages) {
    if (rows.length % sealedAtOnce === sealedAtOnce - 1) await breathe();
    const sealed = sealer.seal(Buffer.from(metadata, "utf8"), metadataPlace(id));
    const { senderKey, senderNameKey } = senderKeysOf(sealer, from);
    rows.push({
      messageId: id,
      internalDate: internalDateMs,
      historyId,
      labelIds: inOrder(labelIds),
      sealed: Buffer.from(sealed).toString("base64"),
      threadId,
      // JSON has no bigint.
      senderKey: senderKey?.toString() ?? null,
      senderNameKey: senderNameKey?.toString() ?? null,
    });
  }
  return rows;
}

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
