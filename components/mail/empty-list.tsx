import { isOwnList } from "#lib/i18n/list-words.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly query: string;
  /** The word for the list in its address. */
  readonly slug: string;
}

/** Nothing is an answer too. */
export function EmptyList({ query, slug }: Props) {
  const t = useWords();
  const hint = query ? "list.searchHint" : hintOf(slug);
  return (
    <div className="grid place-items-center px-6 py-24 text-center">
      <p className="text-lg font-medium">{t(query ? "list.emptySearch" : "list.empty")}</p>
      <p className="mt-1 max-w-md text-sm text-ink-2">{t(hint)}</p>
    </div>
  );
}

function hintOf(slug: string) {
  if (slug === "inbox") return "list.emptyInbox" as const;
  return isOwnList(slug) ? ("list.emptyList" as const) : ("list.emptyLabel" as const);
}
