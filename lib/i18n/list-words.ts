import { slugOfLabel } from "../domain/label-view.ts";
import type { Label } from "../domain/mail.ts";
import type { NewMailWords } from "./client-words.ts";
import { localeOf } from "./languages.ts";
import type { Words } from "./words.ts";

/** The lists that every mailbox has, by the word in their address. */
const ownLists = ["inbox", "starred", "important", "unread", "all", "sent", "drafts", "spam", "bin"] as const;

/** Whether it is one of those, and no label of a person's. */
export const isOwnList = (slug: string): slug is (typeof ownLists)[number] =>
  ownLists.some((list) => list === slug);

/** The name of the list that an address shows. */
export function viewName(t: Words, slug: string, labels: readonly Label[]): string {
  if (isOwnList(slug)) return t(`list.${slug}`);
  return labels.find(({ id }) => slugOfLabel(id) === slug)?.name ?? t("list.other");
}

/** For the open page, which counts what comes. */
export const newMailWords = (t: Words): NewMailWords => ({
  locale: localeOf[t.language],
  one: t.raw("list.newMessages.one"),
  other: t.raw("list.newMessages.other"),
  show: t("list.showNew"),
});
