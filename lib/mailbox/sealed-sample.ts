import "server-only";
import type { Transaction } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import type { SealedPlace, Sealer } from "../domain/sealer.ts";
import { bodyPlace } from "./bodies.ts";
import { labelPlace } from "./labels.ts";
import { metadataPlace } from "./message-rows.ts";

/** Of a mailbox so many messages at either end of the order of their ids, and so many bodies. */
const rowsAtEachEnd = 50;
const bodies = 20;

export interface SealedSample {
  /** Sealed values that were looked at, and how many of them do not open. */
  readonly looked: number;
  readonly closed: number;
}

/** Whether what is kept of an account's mailbox opens: all its labels, and some of its messages. */
export async function sampleSealed(
  tx: Transaction,
  sealer: Sealer,
  accountId: AccountId,
): Promise<SealedSample> {
  const where = { accountId };
  const rowsFrom = (end: "asc" | "desc") =>
    tx.copiedMessage.findMany({ where, orderBy: { messageId: end }, take: rowsAtEachEnd });
  const [first, last, opened, labels] = await Promise.all([
    rowsFrom("asc"),
    rowsFrom("desc"),
    tx.messageBody.findMany({ where, orderBy: { messageId: "asc" }, take: bodies }),
    tx.copiedLabel.findMany({ where }),
  ]);
  const rows = new Map([...first, ...last].map((row) => [row.messageId, row.metadataSealed]));
  const sealed: readonly (readonly [Uint8Array | null, SealedPlace])[] = [
    ...[...rows].map(([id, value]) => [value, metadataPlace(id)] as const),
    ...opened.map(({ messageId, bodySealed }) => [bodySealed, bodyPlace(messageId)] as const),
    ...labels.map(({ labelId, labelSealed }) => [labelSealed, labelPlace(labelId)] as const),
  ];
  const values = sealed.flatMap(([value, place]) => (value ? [sealer.openOrNull(value, place)] : []));
  return { looked: values.length, closed: values.filter((value) => value === null).length };
}
