import { Paperclip, Star } from "lucide-react";
import Link from "next/link";
import type { MessageSummary } from "#lib/domain/readable-message.ts";
import { listTime, longDate } from "#lib/i18n/dates.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { authorWords } from "#lib/i18n/who-words.ts";
import type { ConversationProps } from "./conversation-props.ts";

interface Props extends ConversationProps {
  readonly summary: MessageSummary;
}

export const foldedLook =
  "grid grid-cols-[1fr_auto] items-baseline gap-x-3 border-t border-line px-1 py-2.5 text-sm hover:bg-hover md:grid-cols-[136px_1fr_auto]";

/** A message as one line: who, its first words, when. Leads to where it is open. */
export function FoldedMessage({ summary, hrefOf, ...rest }: Props) {
  return (
    <Link
      href={hrefOf(summary.id)}
      prefetch={false}
      replace
      scroll={false}
      data-message
      className={foldedLook}
    >
      <FoldedLine summary={summary} {...rest} />
    </Link>
  );
}

export function FoldedLine({ summary, now, zone, owner }: Omit<Props, "hrefOf">) {
  const t = useWords();
  const at = new Date(summary.internalDateMs);
  return (
    <>
      <span
        className={`min-w-0 truncate max-md:col-start-1 max-md:row-start-1 ${summary.unread ? "font-semibold text-ink" : "text-ink-2"}`}
      >
        {summary.draft && <span className="text-bad">{t("list.isDraft")} </span>}
        {authorWords(t, summary, owner)}
      </span>
      <span className="truncate text-ink-3 max-md:col-span-2 max-md:row-start-2">{summary.snippet}</span>
      <span className="flex items-center gap-1.5 text-xs text-ink-3 max-md:col-start-2 max-md:row-start-1">
        {summary.starred && (
          <Star size={12} strokeWidth={1.5} aria-label={t("list.isStarred")} className="fill-current" />
        )}
        {summary.hasAttachment && (
          <Paperclip size={12} strokeWidth={1.5} aria-label={t("list.hasAttachments")} />
        )}
        <time dateTime={at.toISOString()} title={longDate(t, at, zone)}>
          {listTime(t, at, now, zone)}
        </time>
      </span>
    </>
  );
}
