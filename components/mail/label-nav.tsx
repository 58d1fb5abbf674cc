import { NavLink } from "#components/shell/nav-link.tsx";
import type { MailList } from "#lib/domain/mail-list.ts";
import { listPath } from "#lib/domain/paths.ts";
import { listName } from "#lib/i18n/list-words.ts";
import { formatNumber } from "#lib/i18n/numbers.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { LabelIcon } from "./label-icon.tsx";

interface NavList {
  readonly slug: string;
  /** Messages that wait to be read; null when nobody knows. */
  readonly count: number | null;
}

interface NavLabel extends NavList {
  readonly name: string;
  /** Gmail's colour for the label; null for one without. */
  readonly color: string | null;
}

interface Props {
  readonly accountId: string;
  /** Gmail's own lists. */
  readonly system: readonly (MailList & NavList)[];
  /** The person's labels. */
  readonly own: readonly NavLabel[];
}

export function LabelNav({ accountId, system, own }: Props) {
  const t = useWords();
  return (
    <nav aria-label={t("list.labels")} className="min-h-0">
      <ul>
        {system.map((list) => (
          <Entry
            key={list.slug}
            accountId={accountId}
            list={list}
            name={listName(t, list, [])}
            mark={<LabelIcon slug={list.slug} />}
          />
        ))}
      </ul>
      {own.length > 0 && (
        <h2 className="mx-2 mt-3.5 mb-1 text-xs font-medium text-ink-3">{t("list.labels")}</h2>
      )}
      <ul>
        {own.map((label) => (
          <Entry
            key={label.slug}
            accountId={accountId}
            list={label}
            name={label.name.replaceAll("/", " / ")}
            mark={<Swatch color={label.color} />}
          />
        ))}
      </ul>
    </nav>
  );
}

interface EntryProps {
  readonly accountId: string;
  readonly list: NavList;
  readonly name: string;
  readonly mark: React.ReactNode;
}

function Entry({ accountId, list, name, mark }: EntryProps) {
  const t = useWords();
  return (
    <li>
      <NavLink href={listPath(accountId, list.slug)}>
        {mark}
        <span className="min-w-0 flex-1 truncate">{name}</span>
        {list.count !== null && list.count > 0 && (
          <span className="text-xs font-normal text-ink-3">
            {formatNumber(t, list.count)}
            <span className="sr-only">
              {" "}
              {t(list.slug === "drafts" ? "list.draftsAfterCount" : "list.unreadAfterCount")}
            </span>
          </span>
        )}
      </NavLink>
    </li>
  );
}

/** Only what is a colour gets into a style. */
function Swatch({ color }: { readonly color: string | null }) {
  const safe = color && /^#[0-9a-f]{3,8}$/i.test(color) ? color : "var(--line-strong)";
  return <span aria-hidden className="mx-1 size-2 flex-none rounded-[2px]" style={{ background: safe }} />;
}
