import "server-only";
import type { Transaction } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import type { AccountId, MessageId } from "../domain/mail.ts";
import type { MailAddress } from "../domain/readable-message.ts";
import type { Sealer } from "../domain/sealer.ts";
import { openRow, type StoredMessage } from "./message-rows.ts";
import { senderKeysOf } from "./sender-keys.ts";

/** A message whose sender is asked about. */
export interface SenderAsked {
  readonly id: MessageId;
  readonly from: MailAddress;
  readonly internalDateMs: number;
  /** Addresses that the sender's may be taken for. */
  readonly resembled: readonly string[];
}

/** What the copy knows of a message's sender. No more than some dozens of rows are looked at for it. */
export interface SenderRecord {
  /** Messages from the address, counted up to {@link countedUpTo} and one. */
  readonly messages: number;
  /** When the first of them came: milliseconds since the epoch; null where there is none. */
  readonly sinceMs: number | null;
  /** Whether any came before this one. */
  readonly isFirst: boolean;
  /**
   * One message each of other addresses that wrote before, outside spam and bin: under the same name, or such as this one
   * may be taken for. None where the sender has written for a while.
   */
  readonly others: readonly StoredMessage[];
  /** As it was asked. */
  readonly resembled: readonly string[];
}

export const countedUpTo = 100;

/** Who has written so often, and for so long, is known by it. */
const settled = { messages: 3, ms: 14 * 86_400_000 };

/** Addresses under one name that are looked at, and messages of each. */
const otherAddresses = 20;
const messagesOfEach = 10;

interface Row {
  readonly id: MessageId;
  readonly messages: number;
  readonly since: bigint | null;
  readonly earlier: number;
  readonly messageId: string | null;
  readonly threadId: string | null;
  readonly internalDate: bigint | null;
  readonly labelIds: string[] | null;
  readonly metadataSealed: Uint8Array | null;
}

/** What the copy knows of these senders, in one question, by the message that it is asked for. */
export async function readSenderRecords(
  tx: Transaction,
  sealer: Sealer,
  accountId: AccountId,
  asked: readonly SenderAsked[],
): Promise<Map<MessageId, SenderRecord>> {
  const list = asked.map(({ id, from, internalDateMs, resembled }) => {
    const { senderKey, senderNameKey } = senderKeysOf(sealer, from);
    const lookKeys = resembled.map((address) => senderKeysOf(sealer, { name: null, address }).senderKey);
    // JSON has no bigint.
    return {
      id,
      key: senderKey?.toString(),
      name: senderNameKey?.toString(),
      at: internalDateMs,
      looks: lookKeys.map(String),
    };
  });
  const rows = await tx.$queryRaw<Row[]>`
    SELECT s.id, total.messages, total.since, earlier.earlier,
      o."messageId", o."threadId", o."internalDate", o."labelIds", o."metadataSealed"
    FROM jsonb_to_recordset(${JSON.stringify(list)}::jsonb)
      AS s(id text, key bigint, name bigint, at bigint, looks bigint[])
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS messages, (SELECT min("internalDate") FROM ${by(accountId)} s.key) AS since
      FROM (SELECT 1 FROM ${by(accountId)} s.key LIMIT ${countedUpTo + 1}) counted
    ) total
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS earlier FROM (
        SELECT 1 FROM ${by(accountId)} s.key AND "internalDate" < s.at LIMIT ${settled.messages}
      ) counted
    ) earlier
    LEFT JOIN LATERAL (
      WITH RECURSIVE namesake(key, hops) AS (
        SELECT (SELECT min("senderKey") FROM ${named(accountId)} s.name), 1
        WHERE earlier.earlier < ${settled.messages} OR total.since > s.at - ${settled.ms}::bigint
        UNION ALL
        SELECT (SELECT min("senderKey") FROM ${named(accountId)} s.name AND "senderKey" > n.key), n.hops + 1
        FROM namesake n WHERE n.key IS NOT NULL AND n.hops < ${otherAddresses}
      ), other AS (
        SELECT key FROM namesake WHERE key <> s.key
        UNION SELECT look FROM unnest(s.looks) look WHERE EXISTS (SELECT FROM namesake)
      )
      SELECT first.* FROM other CROSS JOIN LATERAL (
        SELECT * FROM (
          SELECT * FROM ${by(accountId)} other.key AND "internalDate" < s.at
          ORDER BY "internalDate" LIMIT ${messagesOfEach}
        ) earliest
        WHERE NOT earliest."labelIds" && ARRAY['SPAM', 'TRASH', 'DRAFT'] LIMIT 1
      ) first
    ) o ON true`;
  const looks = new Map(asked.map(({ id, resembled }) => [id, resembled]));
  const records = new Map<MessageId, SenderRecord>();
  for (const row of rows) {
    const { id, messages, since, earlier } = row;
    const known = records.get(id)?.others ?? [];
    const others = isMessage(row) ? [...known, openRow(sealer, row)] : known;
    const sinceMs = since === null ? null : Number(since);
    records.set(id, { messages, sinceMs, isFirst: earlier === 0, others, resembled: looks.get(id) ?? [] });
  }
  return records;
}

const by = (accountId: AccountId): Prisma.Sql =>
  Prisma.sql`"MirroredMessage" WHERE "accountId" = ${accountId}::uuid AND "senderKey" =`;

const named = (accountId: AccountId): Prisma.Sql =>
  Prisma.sql`"MirroredMessage" WHERE "accountId" = ${accountId}::uuid AND "senderNameKey" =`;

type Filled<Of> = { readonly [Key in keyof Of]: NonNullable<Of[Key]> };

const isMessage = (row: Row): row is Row & Omit<Filled<Row>, "threadId" | "since"> => row.messageId !== null;
