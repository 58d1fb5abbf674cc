import "server-only";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { Transaction } from "../db/client.ts";
import type { AccountId, MessageId, ThreadId } from "../domain/mail.ts";
import type { SealedPlace, Sealer } from "../domain/sealer.ts";

const zip = promisify(gzip);
const unzip = promisify(gunzip);

export const bodyPlace = (id: string): SealedPlace => ({ table: "MessageBody", field: "body", row: id });

/** An opened message as it was kept; null when it was not, or no longer is. @throws SealError */
export async function readBody(
  tx: Transaction,
  sealer: Sealer,
  accountId: AccountId,
  messageId: MessageId,
): Promise<string | null> {
  const row = await tx.messageBody.findUnique({ where: { accountId_messageId: { accountId, messageId } } });
  return row && openBody(sealer, messageId, row.bodySealed);
}

/** What `storeBody` has sealed. @throws SealError */
export const openBody = async (sealer: Sealer, messageId: string, bodySealed: Uint8Array): Promise<string> =>
  (await unzip(sealer.open(bodySealed, bodyPlace(messageId)))).toString("utf8");

/** Opened messages of a thread as they were kept, those received before then, newest first. @throws SealError */
export async function readEarlierBodies(
  tx: Transaction,
  sealer: Sealer,
  accountId: AccountId,
  { threadId, beforeMs, most }: { threadId: ThreadId; beforeMs: number; most: number },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ messageId: string; bodySealed: Uint8Array }[]>`
    SELECT b."messageId", b."bodySealed"
    FROM "MirroredMessage" m
    JOIN "MessageBody" b ON b."accountId" = m."accountId" AND b."messageId" = m."messageId"
    WHERE m."accountId" = ${accountId}::uuid AND m."threadId" = ${threadId} AND m."internalDate" < ${beforeMs}::bigint
    ORDER BY m."internalDate" DESC
    LIMIT ${most}`;
  return Promise.all(rows.map(({ messageId, bodySealed }) => openBody(sealer, messageId, bodySealed)));
}

/** Keeps an opened message, unless the copy is gone or the message is not in it. */
export async function storeBody(
  tx: Transaction,
  sealer: Sealer,
  accountId: AccountId,
  messageId: MessageId,
  body: string,
): Promise<void> {
  const bodySealed = sealer.seal(await zip(Buffer.from(body, "utf8")), bodyPlace(messageId));
  await tx.$executeRaw`
    WITH head AS (SELECT 1 FROM "Mirror" WHERE "accountId" = ${accountId}::uuid FOR UPDATE)
    INSERT INTO "MessageBody" ("accountId", "messageId", "bodySealed")
    SELECT "accountId", "messageId", ${bodySealed} FROM "MirroredMessage", head
    WHERE "accountId" = ${accountId}::uuid AND "messageId" = ${messageId}
    ON CONFLICT ("accountId", "messageId") DO UPDATE SET "bodySealed" = EXCLUDED."bodySealed", "storedAt" = now()`;
}

/** Forgets bodies that were kept before then. */
export async function sweepBodies(tx: Transaction, before: Date): Promise<void> {
  await tx.messageBody.deleteMany({ where: { storedAt: { lt: before } } });
}
