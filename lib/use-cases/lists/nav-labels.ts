import { labelIdOf } from "../../domain/ids.ts";
import type { Language } from "../../domain/language.ts";
import type { Label, LabelCounts, LabelId } from "../../domain/mail.ts";
import { allMail, listOfLabel, type MailList } from "../../domain/mail-list.ts";
import { isShown } from "../copy/labels-of-copy.ts";

/** Gmail's own lists, in the order in which people look for them. */
const gmailsOwn = [
  labelIdOf("INBOX"),
  labelIdOf("STARRED"),
  allMail,
  labelIdOf("SENT"),
  labelIdOf("DRAFT"),
  labelIdOf("SPAM"),
  labelIdOf("TRASH"),
] as const;

/** The rail's entries: Gmail's own lists, then the person's labels by name, as their language sorts. */
export function navLabels(
  labels: readonly Label[],
  counts: ReadonlyMap<LabelId, LabelCounts>,
  language: Language,
) {
  const countOf = (id: LabelId): number | null => {
    const known = counts.get(id);
    if (!known || id === allMail) return null;
    return id === "DRAFT" ? known.messagesTotal : known.messagesUnread;
  };
  return {
    system: gmailsOwn.map((id) => ({ ...listOfLabel(id), count: countOf(id) })),
    own: labels
      .filter(isShown)
      .toSorted((a, b) => a.name.localeCompare(b.name, language))
      .map((label) => ({
        slug: listOfLabel(label.id).slug,
        name: label.name,
        count: countOf(label.id),
        color: label.color?.background ?? null,
      })),
  };
}

/** The names that are worth a chip on a row: the person's own labels, but the one whose list this is. */
export const chipNames = (labels: readonly Label[], list: MailList | null): ReadonlyMap<string, string> =>
  new Map(
    labels.filter((label) => isShown(label) && label.id !== list?.id).map(({ id, name }) => [id, name]),
  );
