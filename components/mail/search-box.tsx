import { Search } from "lucide-react";
import { listPath } from "#lib/domain/paths.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly accountId: string;
  readonly query: string;
}

/** Gmail's search, over all mail. A form with GET: the query is in the address, and nothing needs a script. */
export function SearchBox({ accountId, query }: Props) {
  const t = useWords();
  return (
    <search className="min-w-0 flex-1">
      <form
        action={listPath(accountId, "all")}
        className="flex h-9 max-w-[620px] items-center gap-2.5 rounded border border-line-strong bg-surface px-3 text-ink-3 focus-within:outline-2 focus-within:outline-brass-mark"
      >
        <Search size={16} strokeWidth={1.5} aria-hidden className="flex-none" />
        <input
          type="search"
          name="q"
          key={query}
          defaultValue={query}
          aria-label={t("list.searchMail")}
          placeholder={t("list.searchMail")}
          maxLength={500}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          aria-keyshortcuts="/"
          className="h-full min-w-0 flex-1 bg-transparent text-base text-ink outline-none placeholder:text-ink-3"
        />
        <kbd
          aria-hidden
          className="hidden rounded border border-line bg-sunken px-1.5 font-sans text-xs text-ink-3 md:block"
        >
          /
        </kbd>
      </form>
    </search>
  );
}
