import "server-only";
import { z } from "zod";
import type { Transaction } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import type { SealedPlace, Sealer } from "../domain/sealer.ts";
import type { SenderChange, SenderChoice } from "../domain/sender-choice.ts";
import { senderKeysOf } from "./sender-keys.ts";

const placeOf = (senderKey: bigint): SealedPlace => ({
  table: "SenderChoice",
  field: "choice",
  row: String(senderKey),
});

const shape = z.object({ address: z.string(), showImages: z.boolean(), originalColours: z.boolean() });

interface Row {
  readonly senderKey: bigint;
  readonly choiceSealed: Uint8Array;
}

const keyOf = (sealer: Sealer, address: string): bigint | null =>
  senderKeysOf(sealer, { name: null, address }).senderKey;

/** What was chosen for a sender; null where nothing was. What does not open was chosen by nobody. */
export async function readSenderChoice(
  tx: Transaction,
  sealer: Sealer,
  accountId: AccountId,
  address: string,
): Promise<SenderChoice | null> {
  const senderKey = keyOf(sealer, address);
  if (senderKey === null) return null;
  const row = await tx.senderChoice.findUnique({ where: { accountId_senderKey: { accountId, senderKey } } });
  return row && opened(sealer, row);
}

/** All that was chosen, by address. */
export async function listSenderChoices(
  tx: Transaction,
  sealer: Sealer,
  accountId: AccountId,
): Promise<SenderChoice[]> {
  const rows = await tx.senderChoice.findMany({ where: { accountId } });
  return rows
    .flatMap((row) => opened(sealer, row) ?? [])
    .toSorted((one, other) => (one.address < other.address ? -1 : 1));
}

/**
 * Changes what is chosen for a sender; nothing is left of a choice that chooses nothing. To be called in a transaction: one change
 * follows the other, and none is kept for an account that is gone.
 */
export async function changeSenderChoice(
  tx: Transaction,
  sealer: Sealer,
  accountId: AccountId,
  address: string,
  change: SenderChange,
): Promise<void> {
  const senderKey = keyOf(sealer, address);
  if (senderKey === null || !(await lockKey(tx, accountId))) return;
  const before = await readSenderChoice(tx, sealer, accountId, address);
  const choice: SenderChoice = { showImages: false, originalColours: false, ...before, address, ...change };
  const row = { accountId, senderKey };
  await tx.senderChoice.deleteMany({ where: row });
  if (!choice.showImages && !choice.originalColours) return;
  const choiceSealed = sealer.seal(Buffer.from(JSON.stringify(choice)), placeOf(senderKey));
  await tx.senderChoice.create({ data: { ...row, choiceSealed } });
}

/** The key that a choice is sealed with goes before the choices do: whoever holds it keeps them from being left behind. */
async function lockKey(tx: Transaction, accountId: AccountId): Promise<boolean> {
  const locked = tx.$executeRaw`SELECT 1 FROM "DataKey" WHERE "accountId" = ${accountId}::uuid FOR UPDATE`;
  return (await locked) > 0;
}

function opened(sealer: Sealer, { senderKey, choiceSealed }: Row): SenderChoice | null {
  const plain = sealer.openOrNull(choiceSealed, placeOf(senderKey));
  return plain && shape.parse(JSON.parse(Buffer.from(plain).toString("utf8")));
}
