import "server-only";
import { database } from "../../db/client.ts";
import type { AccountId, Message, MessageId } from "../../domain/mail.ts";
import { noteFailed, refusedOf } from "../../mailbox/failed-messages.ts";
import { readMessages, type StoredMessage } from "../../mailbox/message-rows.ts";
import { resealMessages } from "../../mailbox/store-messages.ts";
import { log } from "../../telemetry/log.ts";
import { toStore } from "../bring-in.ts";
import type { Copy } from "../copy.ts";
import { waitFor } from "../lists/wait-for-rows.ts";

/** A row that was altered does not open: it is counted and fetched anew, and its list is shown all the same. */
export async function reportDamaged(accountId: AccountId, rows: Iterable<StoredMessage>): Promise<void> {
  const damaged = [...rows].flatMap(({ id, metadata }) => (metadata === null ? [id] : []));
  if (damaged.length === 0) return;
  const known = await refusedOf(database(), accountId, damaged);
  const fresh = damaged.filter((id) => !known.has(id));
  if (fresh.length > 0) {
    log.error({ accountId, messages: fresh.length }, "stored messages do not open; they are fetched anew");
    await noteFailed(database(), accountId, new Map(fresh.map((id) => [id, "does-not-open"])));
  }
  await waitFor(accountId, damaged);
}

/** Seals anew what has been fetched, where the row that is kept does not open. @returns their ids */
export async function mendRows(
  { accountId, sealer }: Copy,
  fetched: readonly Message[],
): Promise<MessageId[]> {
  const ids = fetched.map(({ id }) => id);
  const stored = await readMessages(database(), sealer, accountId, ids);
  const damaged = fetched.filter(({ id }) => stored.get(id)?.metadata === null);
  if (damaged.length > 0) await resealMessages(database(), sealer, accountId, damaged.map(toStore));
  return damaged.map(({ id }) => id);
}
