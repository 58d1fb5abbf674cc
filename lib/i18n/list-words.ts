import type { Label } from "../domain/mail.ts";
import { isGmailsOwn, type MailList } from "../domain/mail-list.ts";
import type { NewMailWords } from "./client-words.ts";
import { localeOf } from "./languages.ts";
import type { Words } from "./words.ts";

/** What a list is called; a list that nobody has described, and none, have a modest name. */
export function listName(t: Words, list: MailList | null, labels: readonly Label[]): string {
  if (list && isGmailsOwn(list)) return t(`list.${list.slug}`);
  return labels.find(({ id }) => id === list?.id)?.name ?? t("list.other");
}

/** For the open page, which counts what comes. */
export const newMailWords = (t: Words): NewMailWords => ({
  locale: localeOf[t.language],
  one: t.raw("list.newMessages.one"),
  other: t.raw("list.newMessages.other"),
  show: t("list.showNew"),
});
