/**
 * Messages that were put into copies by the million, in the database itself: what is sealed of them is bytes of the
 * length that sealed metadata has, and opens only where it is sealed anew.
 */
import { inBulk } from "#lib/db/as-job.ts";
import { database } from "#lib/db/client.ts";
import type { AccountId, MessageId } from "#lib/domain/mail.ts";
import type { Sealer } from "#lib/domain/sealer.ts";
import { metadataPlace, type RowKey } from "#lib/mailbox/message-rows.ts";

/** The lists that each of them stands in. */
const lists = ["*", "CATEGORY_PERSONAL", "INBOX"];
const labelIds = lists.slice(1);

/** As much as a message of the local Google takes, in pieces of 16. */
const sealedPieces = 28;
const apartMs = 1_000;

export interface Planting {
  readonly accountIds: readonly AccountId[];
  readonly each: number;
  /** When the newest was received. */
  readonly newestMs: number;
}

/** Where the message with this number stands in its lists; the newest is 1. */
export const keyOfPlanted = (newestMs: number, number: number): RowKey => ({
  internalDateMs: newestMs - (number - 1) * apartMs,
  messageId: `17${number.toString(16).padStart(14, "0")}`,
});

/** On the connections for bulk work: a million rows take longer than a page may. */
export const plantMessages = (planting: Planting): Promise<void> => inBulk(() => plant(planting));

async function plant({ accountIds, each, newestMs }: Planting): Promise<void> {
  const ids = [...accountIds];
  await database().$executeRaw`
    INSERT INTO "MirroredMessage" ("accountId", "messageId", "internalDate", "historyId", "labelIds", "metadataSealed")
    SELECT id, '17' || lpad(to_hex(n), 14, '0'), ${newestMs}::bigint - (n - 1) * ${apartMs}::bigint, 1, ${labelIds}::text[],
      decode(repeat(md5(n::text), ${sealedPieces}::int), 'hex')
    FROM unnest(${ids}::uuid[]) AS id, generate_series(1, ${each}::int) AS n`;
  await database().$executeRaw`
    INSERT INTO "MessageLabel" ("accountId", "labelId", "internalDate", "messageId")
    SELECT id, list, ${newestMs}::bigint - (n - 1) * ${apartMs}::bigint, '17' || lpad(to_hex(n), 14, '0')
    FROM unnest(${ids}::uuid[]) AS id, unnest(${lists}::text[]) AS list, generate_series(1, ${each}::int) AS n`;
  await database().$executeRaw`
    INSERT INTO "MirroredLabel" AS known ("accountId", "labelId", "messages")
    SELECT id, list, ${each}::int FROM unnest(${ids}::uuid[]) AS id, unnest(${lists}::text[]) AS list
    ON CONFLICT ("accountId", "labelId") DO UPDATE SET "messages" = known."messages" + EXCLUDED."messages"`;
  await database().$executeRaw`
    UPDATE "Mirror" SET "messages" = "messages" + ${each}::int WHERE "accountId" = ANY(${ids}::uuid[])`;
}

/** Gives planted messages metadata that opens. */
export async function sealPlanted(
  accountId: AccountId,
  sealer: Sealer,
  keys: readonly RowKey[],
  metadata: readonly string[],
): Promise<void> {
  for (const [index, { messageId }] of keys.entries()) {
    const text = metadata[index % metadata.length] ?? "";
    const metadataSealed = sealer.seal(Buffer.from(text, "utf8"), metadataPlace(messageId as MessageId));
    await database().copiedMessage.update({
      where: { accountId_messageId: { accountId, messageId } },
      data: { metadataSealed },
    });
  }
}

/** As a server that has been running for a while has done by itself. */
export const tidyTables = (): Promise<void> => inBulk(tidy);

async function tidy(): Promise<void> {
  for (const table of ["MirroredMessage", "MessageLabel", "MirroredLabel", "Mirror", "Account"]) {
    await database().$executeRawUnsafe(`VACUUM (ANALYZE) "${table}"`);
  }
  // Or it would go on writing what was planted while pages are read.
  await database().$executeRaw`CHECKPOINT`;
}
