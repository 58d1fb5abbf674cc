import { isGmailsOwn, type MailList } from "#lib/domain/mail-list.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly query: string;
  readonly list: MailList;
}

/** Nothing is an answer too. */
export function EmptyList({ query, list }: Props) {
  const t = useWords();
  const hint = query ? "list.searchHint" : hintOf(list);
  return (
    <div className="grid place-items-center px-6 py-24 text-center">
      <p className="text-lg font-medium">{t(query ? "list.emptySearch" : "list.empty")}</p>
      <p className="mt-1 max-w-md text-sm text-ink-2">{t(hint)}</p>
    </div>
  );
}

function hintOf(list: MailList) {
  if (list.slug === "inbox") return "list.emptyInbox" as const;
  return isGmailsOwn(list) ? ("list.emptyList" as const) : ("list.emptyLabel" as const);
}
