import "server-only";
import { database } from "../../db/client.ts";
import { labelIdOf } from "../../domain/ids.ts";
import type { MessageSummary, ReadableMessage } from "../../domain/readable-message.ts";
import type { SenderTrust } from "../../domain/sender-trust.ts";
import { countedUpTo, readSenderRecords, type SenderRecord } from "../../mailbox/sender-history.ts";
import { historyWarnings, type Owner } from "../../message/trust/history-warnings.ts";
import { resembledAddresses } from "../../message/trust/look-alikes.ts";
import { unlessUnusable } from "../accounts/usable-account.ts";
import type { OpenedCopy } from "../copy/open-copy.ts";
import { storedMetadata } from "../copy/rows-of-copy.ts";

/** What the copy adds to what a message says of its sender; null where it says nothing. */
export type TrustIn = (message: ReadableMessage) => SenderTrust | null;

const nothing: TrustIn = () => null;

/**
 * What the copy knows of the senders of these messages: one question for all of them, before their texts are here. Nothing
 * while it has not come so far that its silence would mean something, and nothing of what the account wrote itself.
 */
export async function readSenderTrust(
  opening: Promise<OpenedCopy>,
  owner: Owner,
  messages: readonly MessageSummary[],
): Promise<TrustIn> {
  const copy = await unlessUnusable(opening);
  const head = copy?.head;
  if (!copy || !head?.filledAt || !head.indexedAt) return nothing;
  const asked = messages.flatMap(({ id, from, internalDateMs, draft, labelIds }) => {
    if (!from?.address || draft || labelIds.includes(labelIdOf("SENT"))) return [];
    return [{ id, from, internalDateMs, resembled: resembledAddresses(from.address) }];
  });
  if (asked.length === 0) return nothing;
  const records = await readSenderRecords(database(), copy.sealer, copy.accountId, asked);
  const isWhole = head.filledDownToMs === 0;
  return (message) => {
    const record = records.get(message.id);
    return record ? trustBy(record, message, owner, isWhole) : null;
  };
}

function trustBy(
  record: SenderRecord,
  message: ReadableMessage,
  owner: Owner,
  isWhole: boolean,
): SenderTrust {
  const { messages, sinceMs, isFirst, resembled } = record;
  const earliest = record.others.toSorted((one, other) => one.internalDateMs - other.internalDateMs);
  const others = earliest.flatMap((stored) => storedMetadata(stored)?.metadata.from ?? []);
  const isTold = isWhole && sinceMs !== null && message.authentication.dmarc !== "fail";
  return {
    warnings: historyWarnings(message, { isFirst, isWhole, others, resembled }, owner),
    history: isTold
      ? { messages: Math.min(messages, countedUpTo), isMore: messages > countedUpTo, sinceMs }
      : null,
  };
}
