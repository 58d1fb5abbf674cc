import { labelIdOf } from "./ids.ts";
import type { LabelId } from "./mail.ts";
import { allMail } from "./mirror.ts";

/** What the address of a list names. "all" is every message but spam and bin. */
export interface LabelView {
  readonly slug: string;
  readonly labelId: LabelId | null;
  /** Gmail leaves spam and bin out of lists unless told. */
  readonly includeSpamTrash: boolean;
}

const systemSlugs: ReadonlyMap<string, string> = new Map([
  ["inbox", "INBOX"],
  ["starred", "STARRED"],
  ["important", "IMPORTANT"],
  ["unread", "UNREAD"],
  ["sent", "SENT"],
  ["drafts", "DRAFT"],
  ["spam", "SPAM"],
  ["bin", "TRASH"],
]);

/** Gmail's ids of user labels and categories. */
const labelIdForm = /^[A-Za-z0-9_-]{1,100}$/;

/** The list that an address names, or null when it can name none. */
export function labelViewOf(slug: string): LabelView | null {
  if (slug === "all") return { slug, labelId: null, includeSpamTrash: false };
  const system = systemSlugs.get(slug);
  if (system) {
    return { slug, labelId: labelIdOf(system), includeSpamTrash: slug === "spam" || slug === "bin" };
  }
  return labelIdForm.test(slug) ? { slug, labelId: labelIdOf(slug), includeSpamTrash: false } : null;
}

/** Whether a list's name is Gmail's own, so that nobody has to be asked whether it exists. */
export const isSystemView = ({ slug }: LabelView): boolean => slug === "all" || systemSlugs.has(slug);

/** The address of a label: system labels have a word of their own. */
export const slugOfLabel = (id: LabelId): string =>
  [...systemSlugs].find(([, labelId]) => labelId === id)?.[0] ?? id;

/** The copy's name for the list that an address names; null when it can name none. */
export function listIdOf(slug: string): LabelId | null {
  const view = labelViewOf(slug);
  return view && (view.labelId ?? allMail);
}
