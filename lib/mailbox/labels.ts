import "server-only";
import type { Transaction } from "../db/client.ts";
import { type CopiedLabel, Prisma } from "../db/generated/client.ts";
import { labelIdOf, messageIdOf } from "../domain/ids.ts";
import type { AccountId, Label, LabelCounts, LabelId } from "../domain/mail.ts";
import type { SealedPlace, Sealer } from "../domain/sealer.ts";
import { copyStays, copyUnchanged } from "./copy-head.ts";
import { readLabelsOf } from "./message-rows.ts";
import { changeMessages } from "./write-messages.ts";

/** How long a list of the copy is, and how far it can be relied on. */
export interface ListState {
  /** Messages of the copy in this list. */
  readonly counts: LabelCounts;
  /** What Google counted when the copy was begun. */
  readonly atGoogle: LabelCounts | null;
  /** The list is whole down to here, though the copy may not be. Milliseconds. */
  readonly wholeDownToMs: number | null;
}

export interface StoredLabel extends ListState {
  readonly id: LabelId;
  /** Null for a label that messages carry and Google has not described. */
  readonly label: Label | null;
}

type ListRow = Pick<CopiedLabel, "messages" | "unread" | "googleMessages" | "googleUnread"> & {
  readonly wholeDownTo: bigint | number | null;
};

/** A row as the rest of the code knows it. */
const toListState = (row: ListRow): ListState => ({
  counts: { messagesTotal: row.messages, messagesUnread: row.unread },
  atGoogle:
    row.googleMessages === null
      ? null
      : { messagesTotal: row.googleMessages, messagesUnread: row.googleUnread ?? 0 },
  wholeDownToMs: row.wholeDownTo === null ? null : Number(row.wholeDownTo),
});

export const labelPlace = (id: string): SealedPlace => ({ table: "MirroredLabel", field: "label", row: id });

/** Gmail's own labels are named as their ids are; a person's have a number. */
const isGmailsOwn = (id: string): boolean => /^[A-Z]+(?:_[A-Z]+)*$/.test(id);

/** Every label of an account as Google has described it, and how full its list is. */
export async function readStoredLabels(
  tx: Transaction,
  sealer: Sealer,
  accountId: AccountId,
): Promise<StoredLabel[]> {
  const rows = await tx.copiedLabel.findMany({ where: { accountId } });
  return rows.map((row) => ({
    id: labelIdOf(row.labelId),
    label: row.labelSealed && openLabel(sealer, row.labelId, row.labelSealed),
    ...toListState(row),
  }));
}

/** A label as {@link labelRowsOf} gives it: in JSON, with bytes in base64. */
export type LabelRow = ListRow & { readonly labelId: string; readonly labelSealed: string | null };

/** All labels of an account as one JSON value, to be asked for together with something else. */
export const labelRowsOf = (accountId: AccountId): Prisma.Sql => Prisma.sql`(
  SELECT coalesce(json_agg(json_build_object(
    'labelId', "labelId", 'labelSealed', encode("labelSealed", 'base64'), 'messages', "messages", 'unread', "unread",
    'googleMessages', "googleMessages", 'googleUnread', "googleUnread", 'wholeDownTo', "wholeDownTo"
  )), '[]') FROM "MirroredLabel" WHERE "accountId" = ${accountId}::uuid
)`;

/** As lists and the rail show it: of Gmail's own labels, nothing has to be opened. */
export const toShownLabel = (sealer: Sealer, row: LabelRow): StoredLabel => ({
  id: labelIdOf(row.labelId),
  label:
    row.labelSealed === null
      ? null
      : (gmailsOwn(row.labelId) ?? openLabel(sealer, row.labelId, Buffer.from(row.labelSealed, "base64"))),
  ...toListState(row),
});

const gmailsOwn = (id: string): Label | null =>
  isGmailsOwn(id) ? { id: labelIdOf(id), name: id, type: "system", color: null, hiddenInList: false } : null;

/** How one list stands; null where the copy knows nothing of it. */
export async function readListState(
  tx: Transaction,
  accountId: AccountId,
  labelId: LabelId,
): Promise<ListState | null> {
  const row = await tx.copiedLabel.findUnique({ where: { accountId_labelId: { accountId, labelId } } });
  return row && toListState(row);
}

/** Null for one that does not open: the next look at Gmail's labels describes it anew. */
function openLabel(sealer: Sealer, id: string, sealed: Uint8Array): Label | null {
  const opened = sealer.openOrNull(sealed, labelPlace(id));
  return opened && (JSON.parse(Buffer.from(opened).toString("utf8")) as Label);
}

/**
 * Keeps what Google says of labels: new ones, renamed ones, and those that are gone, which their messages lose. The
 * caller holds the copy's lock.
 * @returns whether anything was new
 */
export async function storeLabels(
  tx: Transaction,
  sealer: Sealer,
  accountId: AccountId,
  labels: readonly Label[],
): Promise<boolean> {
  const stored = new Map((await readStoredLabels(tx, sealer, accountId)).map((row) => [row.id, row.label]));
  const changed = labels.filter((label) => JSON.stringify(stored.get(label.id)) !== JSON.stringify(label));
  await describeLabels(tx, sealer, accountId, changed);
  const there = new Set(labels.map(({ id }) => id));
  const gone = [...stored].flatMap(([id, label]) => (label && !there.has(id) ? [id] : []));
  for (const id of gone) await removeLabel(tx, accountId, id);
  return changed.length > 0 || gone.length > 0;
}

/** A first page waits for this: all of them in one statement. */
async function describeLabels(
  tx: Transaction,
  sealer: Sealer,
  accountId: AccountId,
  labels: readonly Label[],
): Promise<void> {
  if (labels.length === 0) return;
  const rows = labels.map((label) => {
    const sealed = sealer.seal(Buffer.from(JSON.stringify(label), "utf8"), labelPlace(label.id));
    return { labelId: label.id, sealed: Buffer.from(sealed).toString("base64") };
  });
  await tx.$executeRaw`
    INSERT INTO "MirroredLabel" ("accountId", "labelId", "labelSealed")
    SELECT ${accountId}::uuid, "labelId", decode(sealed, 'base64')
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS l("labelId" text, sealed text)
    ON CONFLICT ("accountId", "labelId") DO UPDATE SET "labelSealed" = EXCLUDED."labelSealed"`;
}

const removedAtOnce = 500;

async function removeLabel(tx: Transaction, accountId: AccountId, labelId: LabelId): Promise<void> {
  for (;;) {
    const wearing = await tx.messageLabel.findMany({
      where: { accountId, labelId },
      select: { messageId: true },
      take: removedAtOnce,
    });
    if (wearing.length === 0) break;
    const ids = wearing.map(({ messageId }) => messageIdOf(messageId));
    const labelsOf = await readLabelsOf(tx, accountId, ids);
    const without = [...labelsOf].map(([id, of]) => ({
      id,
      labelIds: of.filter((each) => each !== labelId),
    }));
    await changeMessages(tx, accountId, without);
  }
  await tx.copiedLabel.deleteMany({ where: { accountId, labelId } });
}

/** Keeps what Google counts in some lists: what the rail shows until the copy is whole. */
export async function storeCounts(
  tx: Transaction,
  accountId: AccountId,
  counts: ReadonlyMap<LabelId, LabelCounts>,
): Promise<void> {
  const rows = [...counts].map(([labelId, { messagesTotal, messagesUnread }]) => ({
    labelId,
    googleMessages: messagesTotal,
    googleUnread: messagesUnread,
  }));
  await tx.$executeRaw`
    INSERT INTO "MirroredLabel" ("accountId", "labelId", "googleMessages", "googleUnread")
    SELECT copy."accountId", l.* FROM ${copyStays(accountId)}, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS l("labelId" text, "googleMessages" int, "googleUnread" int)
    ON CONFLICT ("accountId", "labelId") DO UPDATE
      SET "googleMessages" = EXCLUDED."googleMessages", "googleUnread" = EXCLUDED."googleUnread"`;
}

/**
 * Says how far down a list is whole, as far as it is not said to be so further.
 * @param revision the copy's from before the list was read: a change since may concern it, and nothing is said
 */
export async function noteWhole(
  tx: Transaction,
  accountId: AccountId,
  labelId: LabelId,
  downToMs: number,
  revision: bigint,
): Promise<void> {
  const to = BigInt(downToMs);
  await tx.$executeRaw`
    INSERT INTO "MirroredLabel" AS known ("accountId", "labelId", "wholeDownTo")
    SELECT copy."accountId", ${labelId}, ${to} FROM ${copyUnchanged(accountId, revision)}
    ON CONFLICT ("accountId", "labelId") DO UPDATE
      SET "wholeDownTo" = least(known."wholeDownTo", EXCLUDED."wholeDownTo")`;
}

/** Lists that may miss a message from now on: one that is not in the copy has come into them. */
export async function noteNotWhole(
  tx: Transaction,
  accountId: AccountId,
  labelIds: readonly LabelId[] | "every",
): Promise<void> {
  const which = labelIds === "every" ? {} : { labelId: { in: [...labelIds] } };
  await tx.copiedLabel.updateMany({
    where: { accountId, wholeDownTo: { not: null }, ...which },
    data: { wholeDownTo: null },
  });
}
