import "server-only";
import { database } from "../../db/client.ts";
import { threadIdOf } from "../../domain/ids.ts";
import type { AccountId, Message, MessageId, ThreadId } from "../../domain/mail.ts";
import type { PageRow } from "../../domain/message-page.ts";
import { failedOf, noteFailed, refusedOf } from "../../mailbox/failed-messages.ts";
import { readMessages, type StoredMessage } from "../../mailbox/message-rows.ts";
import { resealMessages } from "../../mailbox/write-messages.ts";
import { type MessageMetadata, rowOf } from "../../message/summary.ts";
import { log } from "../../telemetry/log.ts";
import type { Copy } from "./begin-copy.ts";
import { toStore } from "./bring-in.ts";
import { waitFor } from "./wait-for-rows.ts";

/**
 * A row of a list, of what the copy has of a message: one that does not open is awaited.
 * @param withheld those that Gmail does not give either, where they do not open
 */
export function rowOfCopy(stored: StoredMessage, withheld: ReadonlySet<MessageId> = new Set()): PageRow {
  const { id, internalDateMs, labelIds } = stored;
  const found = storedMetadata(stored);
  if (found === null) return { kind: withheld.has(id) ? "withheld" : "awaited", id };
  const { threadId, metadata } = found;
  return { kind: "message", message: rowOf({ id, threadId, internalDateMs, labelIds }, metadata) };
}

/** What was sealed of a message, and its thread; null where it does not open. */
export function storedMetadata({ id, threadId, metadata }: StoredMessage): {
  readonly threadId: ThreadId;
  readonly metadata: MessageMetadata;
} | null {
  if (metadata === null) return null;
  // Written by `toStore` alone, and sealed since; with the thread's id, before that had a column.
  const { threadId: sealed, ...stored } = JSON.parse(metadata) as MessageMetadata & { threadId?: ThreadId };
  // A message that nobody knows a thread of is one by itself.
  return { threadId: threadId ?? sealed ?? threadIdOf(id), metadata: stored };
}

const doesNotOpen = "does-not-open";

/**
 * A row that was altered does not open: it is counted and fetched anew, and its list is shown all the same.
 * @returns those that Gmail does not give either
 */
export async function reportDamaged(
  accountId: AccountId,
  rows: Iterable<StoredMessage>,
): Promise<ReadonlySet<MessageId>> {
  const damaged = [...rows].flatMap(({ id, metadata }) => (metadata === null ? [id] : []));
  if (damaged.length === 0) return new Set();
  const known = await refusedOf(database(), accountId, damaged);
  const fresh = damaged.filter((id) => !known.has(id));
  if (fresh.length > 0) {
    log.error(
      { event: "messages.unseal.failed", accountId, messages: fresh.length },
      "stored messages do not open; they are fetched anew",
    );
    await noteFailed(database(), accountId, new Map(fresh.map((id) => [id, doesNotOpen])));
  }
  // One that Gmail does not give either is asked for again when its time has come, not at every look at its list.
  const notYet = await failedOf(database(), accountId, damaged);
  await waitFor(
    accountId,
    damaged.filter((id) => !known.has(id) || !notYet.has(id)),
  );
  return new Set(damaged.filter((id) => (known.get(id) ?? doesNotOpen) !== doesNotOpen));
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
