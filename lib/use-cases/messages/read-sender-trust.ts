import "server-only";
import { database } from "../../db/client.ts";
import { labelIdOf } from "../../domain/ids.ts";
import type { MessageId } from "../../domain/mail.ts";
import type { ReadableMessage } from "../../domain/readable-message.ts";
import type { SenderTrust } from "../../domain/sender-trust.ts";
import { countedUpTo, readSenderRecords } from "../../mailbox/sender-history.ts";
import { historyWarnings, type Owner } from "../../message/trust/history-warnings.ts";
import { resembledAddresses } from "../../message/trust/look-alikes.ts";
import { unlessUnusable } from "../accounts/usable-account.ts";
import type { OpenedCopy } from "../copy/open-copy.ts";
import { storedMetadata } from "../copy/row-of-copy.ts";

/**
 * What the copy knows of the senders of these messages: one question for all of them. Nothing while it has not come so far
 * that its silence would mean something, and nothing of what the account wrote itself.
 */
export async function readSenderTrust(
  opening: Promise<OpenedCopy>,
  owner: Owner,
  messages: readonly ReadableMessage[],
): Promise<Map<MessageId, SenderTrust>> {
  const copy = await unlessUnusable(opening);
  const head = copy?.head;
  if (!copy || !head?.filledAt || !head.indexedAt) return new Map();
  const isWhole = head.filledDownToMs === 0;
  const asked = messages.flatMap((message) => {
    const { id, from, internalDateMs, draft, labelIds } = message;
    if (!from?.address || draft || labelIds.includes(labelIdOf("SENT"))) return [];
    return [{ id, from, internalDateMs, message, resembled: resembledAddresses(from.address) }];
  });
  if (asked.length === 0) return new Map();
  const records = await readSenderRecords(database(), copy.sealer, copy.accountId, asked);
  return new Map(
    asked.flatMap(({ id, message, resembled }) => {
      const record = records.get(id);
      if (!record) return [];
      const earliest = record.others.toSorted((one, other) => one.internalDateMs - other.internalDateMs);
      const others = earliest.flatMap((stored) => storedMetadata(stored)?.metadata.from ?? []);
      const known = { isFirst: record.isFirst, isWhole, others, resembled };
      const { sinceMs } = record;
      const isTold = isWhole && sinceMs !== null && message.authentication.dmarc !== "fail";
      const trust: SenderTrust = {
        warnings: historyWarnings(message, known, owner),
        history: isTold
          ? {
              messages: Math.min(record.messages, countedUpTo),
              isMore: record.messages > countedUpTo,
              sinceMs,
            }
          : null,
      };
      return [[id, trust]];
    }),
  );
}
