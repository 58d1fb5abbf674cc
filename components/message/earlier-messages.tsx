import { ChevronsUpDown } from "lucide-react";
import type { MessageSummary } from "#lib/domain/readable-message.ts";
import { listTime } from "#lib/i18n/dates.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { authorWords } from "#lib/i18n/who-words.ts";
import type { ConversationProps } from "./conversation-props.ts";
import { FoldedMessage } from "./folded-message.tsx";

interface Props extends ConversationProps {
  readonly summaries: readonly MessageSummary[];
}

/** More people than this have no room in the line. */
const namedAtMost = 5;

/** The middle of a long conversation behind one line: how many, by whom, from when to when. */
export function EarlierMessages({ summaries, ...rest }: Props) {
  const t = useWords();
  const { now, zone, owner } = rest;
  const names = [...new Set(summaries.map((summary) => authorWords(t, summary, owner)))];
  const [first, last] = [summaries.at(0), summaries.at(-1)].map(
    (summary) => summary && listTime(t, new Date(summary.internalDateMs), now, zone),
  );
  return (
    <li>
      <details className="border-t border-line">
        <summary className="flex list-none items-center gap-2.5 px-1 py-2 text-sm text-ink-2 hover:bg-hover [&::-webkit-details-marker]:hidden">
          <ChevronsUpDown size={14} strokeWidth={1.5} aria-hidden className="flex-none" />
          <span className="flex-none">{t("conversation.earlier", { count: summaries.length })}</span>
          <span className="min-w-0 flex-1 truncate text-xs text-ink-3">
            {names.slice(0, namedAtMost).join(", ")}
          </span>
          <span className="flex-none text-xs text-ink-3">
            {first === last ? first : `${first} – ${last}`}
          </span>
        </summary>
        <ol>
          {summaries.map((summary) => (
            <li key={summary.id}>
              <FoldedMessage summary={summary} {...rest} />
            </li>
          ))}
        </ol>
      </details>
    </li>
  );
}
