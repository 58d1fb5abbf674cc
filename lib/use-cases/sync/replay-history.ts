import type { LabelId, MessageId } from "../../domain/mail.ts";
import type { HistoryRecord } from "../../gmail/process-history.ts";
import type { MessageChange } from "../../mailbox/change-messages.ts";

/** Every message that these records name, each once. */
export const namedIn = (records: readonly HistoryRecord[]): MessageId[] => [
  ...new Set(
    records.flatMap(({ added, deleted, labelsAdded, labelsRemoved }) =>
      [...added, ...deleted, ...labelsAdded, ...labelsRemoved].map(({ id }) => id),
    ),
  ),
];

/**
 * What records make of the messages of a copy, in their order. Replaying what a message already has seen does no harm:
 * of each label, the last word stands.
 * @param stored labels of the messages that the copy has; others are passed over
 */
export function replay(
  records: readonly HistoryRecord[],
  stored: ReadonlyMap<MessageId, readonly LabelId[]>,
): MessageChange[] {
  const labels = new Map<MessageId, Set<LabelId>>();
  const gone = new Set<MessageId>();
  const labelsOf = (id: MessageId): Set<LabelId> => {
    const known = labels.get(id) ?? new Set(stored.get(id));
    labels.set(id, known);
    return known;
  };
  for (const { labelsAdded, labelsRemoved, deleted } of records) {
    for (const { id, labelIds } of labelsAdded) for (const label of labelIds) labelsOf(id).add(label);
    for (const { id, labelIds } of labelsRemoved) for (const label of labelIds) labelsOf(id).delete(label);
    for (const { id } of deleted) gone.add(id);
  }
  const changed = [...labels].flatMap(([id, of]) =>
    stored.has(id) && !gone.has(id) ? [{ id, labelIds: [...of] }] : [],
  );
  return [...changed, ...[...gone].filter((id) => stored.has(id)).map((id) => ({ id, labelIds: null }))];
}
