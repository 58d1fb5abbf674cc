import "server-only";
import type { LabelId } from "../domain/mail.ts";
import { allMail } from "../domain/mail-list.ts";

const hiding: readonly string[] = ["SPAM", "TRASH"];

/** Whether a message with this label stands in no other list, as in Gmail. */
export const isHiding = (labelId: LabelId): boolean => hiding.includes(labelId);

/** The lists that a message with these labels stands in; in PostgreSQL `listed_labels` says so. */
export function listedLabels(labelIds: readonly LabelId[]): readonly LabelId[] {
  const hidden = labelIds.filter(isHiding);
  return hidden.length > 0 ? hidden : [...labelIds, allMail];
}

/** How many of these messages stand in each list. */
export function countByList(messages: ReadonlyMap<string, readonly LabelId[]>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const labelIds of messages.values())
    for (const id of listedLabels(labelIds)) counts[id] = (counts[id] ?? 0) + 1;
  return counts;
}
