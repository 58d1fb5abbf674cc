import type { CopyHead } from "../../domain/copy-head.ts";
import type { Label, LabelCounts, LabelId } from "../../domain/mail.ts";
import type { StoredLabel } from "../../mailbox/labels.ts";

/** Labels that are described, and counts: where the copy is whole its own; before, Google's. */
export function labelsOfCopy(
  stored: readonly StoredLabel[],
  { filledDownToMs }: CopyHead,
): { readonly labels: readonly Label[]; readonly counts: ReadonlyMap<LabelId, LabelCounts> } {
  const whole = filledDownToMs === 0;
  const labels = stored.flatMap(({ label }) => label ?? []);
  const counts = new Map(
    stored.flatMap(({ id, counts: ours, atGoogle }) => {
      const known = whole ? ours : atGoogle;
      return known ? [[id, known] as const] : [];
    }),
  );
  return { labels, counts };
}

/** Lists whose unread messages are worth a number; of drafts, all are. */
const counted: readonly string[] = ["INBOX", "DRAFT"];

/** Whether the rail shows a label among the person's own. */
export const isShown = (label: Label): boolean => label.type === "user" && !label.hiddenInList;

/** The labels whose counts the rail shows: each costs a unit. */
export const countedLabels = (labels: readonly Label[]): LabelId[] =>
  labels.filter((label) => isShown(label) || counted.includes(label.id)).map(({ id }) => id);
