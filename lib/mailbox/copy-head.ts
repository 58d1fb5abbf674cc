import "server-only";
import type { Transaction } from "../db/client.ts";
import { type CopyHead as CopyHeadRow, Prisma } from "../db/generated/client.ts";
import type { CopyHead, Listing } from "../domain/copy-head.ts";
import { accountIdOf } from "../domain/ids.ts";
import type { AccountId } from "../domain/mail.ts";
import type { Trouble } from "../domain/trouble.ts";

/** Where the copy of an account's mailbox stands; null where there is none yet. */
export async function readCopyHead(tx: Transaction, accountId: AccountId): Promise<CopyHead | null> {
  const row = await tx.copyHead.findUnique({ where: { accountId } });
  return row && toCopyHead(row);
}

/** Where the copy stands, with its row locked: nobody else writes to the copy until the end of the transaction. */
export async function lockCopyHead(tx: Transaction, accountId: AccountId): Promise<CopyHead | null> {
  await tx.$executeRaw`SELECT 1 FROM "Mirror" WHERE "accountId" = ${accountId}::uuid FOR UPDATE`;
  return readCopyHead(tx, accountId);
}

/**
 * The copy's row, for statements that add rows beside it: it cannot go before they are there, and there are none to add
 * when it has gone.
 */
export const copyStays = (accountId: AccountId): Prisma.Sql =>
  Prisma.sql`(SELECT "accountId" FROM "Mirror" WHERE "accountId" = ${accountId}::uuid FOR KEY SHARE) AS copy`;

/**
 * The copy's row, for statements that add rows beside it, if no change was worked in since `revision`; none can be until
 * the statement is done.
 */
export const copyUnchanged = (accountId: AccountId, revision: bigint): Prisma.Sql => Prisma.sql`(
  SELECT "accountId" FROM "Mirror" WHERE "accountId" = ${accountId}::uuid AND "changes" = ${revision} FOR UPDATE
) AS copy`;

/**
 * Begins a copy, or finds it begun; locked until the end of the transaction.
 * @param historyId as the mailbox had it before any message was read
 * @param estimatedTotal how many messages Google counts
 */
export async function beginCopyHead(
  tx: Transaction,
  accountId: AccountId,
  { historyId, estimatedTotal }: { readonly historyId: string; readonly estimatedTotal: number },
): Promise<CopyHead | null> {
  await tx.copyHead.createMany({
    data: [{ accountId, historyId: BigInt(historyId), estimatedTotal }],
    skipDuplicates: true,
  });
  return lockCopyHead(tx, accountId);
}

/** What a step of work moves; what is left out stays. */
export interface CopyHeadChange {
  readonly historyId?: string;
  /** Adds one to the revision. */
  readonly changed?: boolean;
  readonly fillToken?: string | null;
  readonly filledDownToMs?: number | null;
  readonly filledAt?: Date | null;
  readonly syncedAt?: Date;
  readonly labelsAt?: Date;
  readonly dueAt?: Date;
  readonly listing?: Listing | null;
  readonly relistings?: number;
  readonly relistAt?: Date | null;
  readonly fillDoubts?: number;
  readonly fillAgainAt?: Date | null;
  readonly watchAskedAt?: Date | null;
  readonly watchTopic?: string | null;
  readonly watchRefusals?: number;
}

/**
 * Writes what has moved.
 * @param since where given: writes nothing when one of these is not what it was when the copy was read
 * @returns whether it was written: not to a copy that is gone
 */
export async function moveCopyHead(
  tx: Transaction,
  accountId: AccountId,
  change: CopyHeadChange,
  since: Partial<Pick<CopyHead, "revision" | "fillToken" | "filledAt">> = {},
): Promise<boolean> {
  const { historyId, changed, filledDownToMs, listing, ...rest } = change;
  const { count } = await tx.copyHead.updateMany({
    where: { accountId, ...since },
    data: {
      ...rest,
      ...(historyId === undefined ? {} : { historyId: BigInt(historyId) }),
      ...(changed ? { revision: { increment: 1 } } : {}),
      ...(filledDownToMs === undefined
        ? {}
        : { filledDownTo: filledDownToMs === null ? null : BigInt(filledDownToMs) }),
      ...(listing === undefined ? {} : { listing: asJson(listing) }),
    },
  });
  return count === 1;
}

/** Keeps what Gmail calls the mailbox: notifications name it so, whatever the account was called when it was connected. */
export async function noteAddress(
  tx: Transaction,
  accountId: AccountId,
  emailAddress: string,
): Promise<void> {
  await tx.copyHead.updateMany({
    where: { accountId, OR: [{ emailAddress: null }, { emailAddress: { not: emailAddress } }] },
    data: { emailAddress },
  });
}

/** Says that the copy is in step. @returns whether it was in trouble before */
export async function noteInStep(
  tx: Transaction,
  accountId: AccountId,
  change: CopyHeadChange,
): Promise<boolean> {
  await moveCopyHead(tx, accountId, change);
  const { count } = await tx.copyHead.updateMany({
    where: { accountId, troubleSince: { not: null } },
    data: { troubleSince: null, trouble: Prisma.DbNull },
  });
  return count === 1;
}

/** Says why Google could not be asked. @returns whether that is new */
export async function noteTrouble(
  tx: Transaction,
  accountId: AccountId,
  trouble: Trouble,
  dueAt: Date,
): Promise<boolean> {
  const data = { trouble: trouble as unknown as Prisma.InputJsonObject, dueAt };
  const { count } = await tx.copyHead.updateMany({
    where: { accountId, troubleSince: null },
    data: { ...data, troubleSince: new Date() },
  });
  if (count === 0) await tx.copyHead.updateMany({ where: { accountId }, data });
  return count === 1;
}

/** In the table, the labels that are pending have always been called open. */
type StoredListing = Omit<Listing, "pending"> & { readonly open: Listing["pending"] };

function asJson(listing: Listing | null) {
  if (listing === null) return Prisma.DbNull;
  const { pending, ...rest } = listing;
  return { ...rest, open: pending } satisfies StoredListing as unknown as Prisma.InputJsonObject;
}

function toListing(stored: StoredListing | null): Listing | null {
  if (stored === null) return null;
  const { open, ...rest } = stored;
  return { ...rest, pending: open };
}

/** A row as the rest of the code knows it. */
export function toCopyHead(row: Omit<CopyHeadRow, "emailAddress" | "indexedTo">): CopyHead {
  return {
    accountId: accountIdOf(row.accountId),
    historyId: String(row.historyId),
    revision: row.revision,
    messages: row.messages,
    estimatedTotal: row.estimatedTotal,
    fillToken: row.fillToken,
    filledDownToMs: row.filledDownTo === null ? null : Number(row.filledDownTo),
    filledAt: row.filledAt,
    syncedAt: row.syncedAt,
    labelsAt: row.labelsAt,
    // Both are written by this file alone.
    trouble: row.troubleSince && {
      since: row.troubleSince,
      what: row.trouble as unknown as Trouble,
    },
    listing: toListing(row.listing as unknown as StoredListing | null),
    relistings: row.relistings,
    relistAt: row.relistAt,
    fillDoubts: row.fillDoubts,
    fillAgainAt: row.fillAgainAt,
    watchAskedAt: row.watchAskedAt,
    watchTopic: row.watchTopic,
    watchRefusals: row.watchRefusals,
    indexedAt: row.indexedAt,
  };
}
