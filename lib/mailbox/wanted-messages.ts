import "server-only";
import type { Transaction } from "../db/client.ts";
import { messageIdOf } from "../domain/ids.ts";
import type { AccountId, MessageId } from "../domain/mail.ts";
import { copyStays } from "./copy-head.ts";

/** A page that waits asks again within this time; what nobody has asked for since is not waited for any more. */
const waitedForMs = 60_000;

/**
 * Writes down that a page shows the places of these messages and waits for them.
 * @param ids from the top of the page down
 */
export async function wantMessages(
  tx: Transaction,
  accountId: AccountId,
  ids: readonly MessageId[],
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "WantedMessage" AS known ("accountId", "messageId", "wantedAt", "place")
    SELECT copy."accountId", w.id, now(), w.place
    FROM ${copyStays(accountId)}, unnest(${ids}::text[]) WITH ORDINALITY AS w(id, place)
    ON CONFLICT ("accountId", "messageId") DO UPDATE
      SET "wantedAt" = EXCLUDED."wantedAt", "place" = EXCLUDED."place"`;
}

/** What is waited for: of the page that asked last from its top down, then of the one before it. */
export async function readWanted(
  tx: Transaction,
  accountId: AccountId,
  atMost: number,
): Promise<MessageId[]> {
  const rows = await tx.wantedMessage.findMany({
    where: { accountId, wantedAt: { gt: new Date(Date.now() - waitedForMs) } },
    select: { messageId: true },
    orderBy: [{ wantedAt: "desc" }, { place: "asc" }],
    take: atMost,
  });
  return rows.map(({ messageId }) => messageIdOf(messageId));
}

/** Forgets what no page waits for any more, of whatever account. */
export async function sweepWanted(tx: Transaction): Promise<void> {
  await tx.wantedMessage.deleteMany({ where: { wantedAt: { lt: new Date(Date.now() - waitedForMs) } } });
}

/** They have come, or never will; and whatever no page waits for any more. */
export async function forgetWanted(
  tx: Transaction,
  accountId: AccountId,
  ids: readonly MessageId[],
): Promise<void> {
  const past = { lt: new Date(Date.now() - waitedForMs) };
  await tx.wantedMessage.deleteMany({
    where: { accountId, OR: [{ messageId: { in: [...ids] } }, { wantedAt: past }] },
  });
}

/** Which of these messages are waited for already. */
export async function wantedOf(
  tx: Transaction,
  accountId: AccountId,
  ids: readonly MessageId[],
): Promise<ReadonlySet<MessageId>> {
  const rows = await tx.wantedMessage.findMany({
    where: { accountId, messageId: { in: [...ids] }, wantedAt: { gt: new Date(Date.now() - waitedForMs) } },
    select: { messageId: true },
  });
  return new Set(rows.map(({ messageId }) => messageIdOf(messageId)));
}
