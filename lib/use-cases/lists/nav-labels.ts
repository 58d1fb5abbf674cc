import { slugOfLabel } from "../../domain/label-view.ts";
import type { Label, LabelCounts, LabelId } from "../../domain/mail.ts";

/** Gmail's own lists, in the order in which people look for them. */
const systemOrder = [
  ["inbox", "INBOX", "Inbox"],
  ["starred", "STARRED", "Starred"],
  ["all", null, "All mail"],
  ["sent", "SENT", "Sent"],
  ["drafts", "DRAFT", "Drafts"],
  ["spam", "SPAM", "Spam"],
  ["bin", "TRASH", "Bin"],
] as const;

/** Lists whose unread messages are worth a number; of drafts, all are. */
const counted: readonly string[] = ["INBOX", "DRAFT"];

const visible = (label: Label): boolean => label.type === "user" && !label.hiddenInList;

/** The labels whose counts the rail shows: each costs a unit. */
export const countedLabels = (labels: readonly Label[]): LabelId[] =>
  labels.filter((label) => visible(label) || counted.includes(label.id)).map(({ id }) => id);

/** The rail's entries: Gmail's own lists, then the person's labels by name. */
export function navLabels(labels: readonly Label[], counts: ReadonlyMap<LabelId, LabelCounts>) {
  const countOf = (id: string | null): number | null => {
    const known = counts.get(id as LabelId);
    if (!known) return null;
    return id === "DRAFT" ? known.messagesTotal : known.messagesUnread;
  };
  return {
    system: systemOrder.map(([slug, id, name]) => ({ slug, name, count: countOf(id), color: null })),
    own: labels
      .filter(visible)
      .toSorted((a, b) => a.name.localeCompare(b.name))
      .map((label) => ({
        slug: slugOfLabel(label.id),
        name: label.name,
        count: countOf(label.id),
        color: label.color?.background ?? null,
      })),
  };
}

/** The name of the list that an address shows. */
export function viewName(slug: string, labels: readonly Label[]): string {
  const system = systemOrder.find(([known]) => known === slug);
  return system?.[2] ?? labels.find(({ id }) => slugOfLabel(id) === slug)?.name ?? "Mail";
}

/** The names that are worth a chip on a row: the person's own labels, but the one whose list this is. */
export const chipNames = (labels: readonly Label[], slug: string): ReadonlyMap<string, string> =>
  new Map(labels.filter((label) => visible(label) && label.id !== slug).map(({ id, name }) => [id, name]));
