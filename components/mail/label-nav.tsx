import { NavLink } from "#components/shell/nav-link.tsx";
import { listPath } from "#lib/domain/paths.ts";
import { number } from "#lib/i18n/numbers.ts";
import { LabelIcon } from "./label-icon.tsx";

export interface NavLabel {
  readonly slug: string;
  readonly name: string;
  /** Messages that wait to be read; null when nobody knows. */
  readonly count: number | null;
  /** Gmail's colour for a label; null for its own lists and for labels without one. */
  readonly color: string | null;
}

interface Props {
  readonly accountId: string;
  readonly system: readonly NavLabel[];
  readonly own: readonly NavLabel[];
}

export function LabelNav({ accountId, system, own }: Props) {
  return (
    <nav aria-label="Labels" className="min-h-0">
      <ul>
        {system.map((label) => (
          <Entry
            key={label.slug}
            accountId={accountId}
            label={label}
            mark={<LabelIcon slug={label.slug} />}
          />
        ))}
      </ul>
      {own.length > 0 && <h2 className="mx-2 mt-3.5 mb-1 text-xs font-medium text-ink-3">Labels</h2>}
      <ul>
        {own.map((label) => (
          <Entry key={label.slug} accountId={accountId} label={label} mark={<Swatch color={label.color} />} />
        ))}
      </ul>
    </nav>
  );
}

interface EntryProps {
  readonly accountId: string;
  readonly label: NavLabel;
  readonly mark: React.ReactNode;
}

function Entry({ accountId, label, mark }: EntryProps) {
  return (
    <li>
      <NavLink href={listPath(accountId, label.slug)}>
        {mark}
        <span className="min-w-0 flex-1 truncate">{label.name.replaceAll("/", " / ")}</span>
        {label.count !== null && label.count > 0 && (
          <span className="text-xs font-normal text-ink-3">
            {number(label.count)}
            <span className="sr-only">{label.slug === "drafts" ? " drafts" : " unread"}</span>
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
