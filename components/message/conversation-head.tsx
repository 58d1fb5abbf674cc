import { ListChevronsUpDown, Printer, Star } from "lucide-react";
import Link from "next/link";
import type { MessageSummary } from "#lib/domain/readable-message.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { PrintLink } from "./print-link.tsx";

interface Props {
  readonly summaries: readonly MessageSummary[];
  /** The message that was asked for: its subject is the page's. */
  readonly asked: MessageSummary | null;
  readonly labelNames: ReadonlyMap<string, string>;
  /** The page with all of them open; null where they are. */
  readonly unfoldAll: string | null;
  /** All of them for paper; null where there is only one. */
  readonly print: string | null;
}

/** What a conversation is about, and which labels its messages have. */
export function ConversationHead({ summaries, asked, labelNames, unfoldAll, print }: Props) {
  const t = useWords();
  const ids = new Set(summaries.flatMap(({ labelIds }) => labelIds));
  const chips = [...ids].flatMap((id) => labelNames.get(id) ?? []);
  return (
    <header className="flex items-start gap-3">
      <div className="min-w-0 flex-1">
        <h1 className="text-2xl font-semibold tracking-tight break-words">
          {asked?.subject ?? t("list.noSubject")}
          {asked?.starred && (
            <Star
              size={16}
              strokeWidth={1.5}
              aria-label={t("list.isStarred")}
              className="ml-2 inline fill-current text-brass"
            />
          )}
        </h1>
        {chips.length > 0 && (
          <ul aria-label={t("message.labels")} className="mt-2 flex flex-wrap gap-1.5">
            {chips.map((name) => (
              <li key={name} className="rounded-full bg-idle-wash px-2 text-[11px] leading-[18px] text-ink-2">
                {name.replaceAll("/", " / ")}
              </li>
            ))}
          </ul>
        )}
      </div>
      {print && (
        <PrintLink
          href={print}
          label={t("conversation.print")}
          className="grid size-8 flex-none place-items-center rounded text-ink-2 hover:bg-hover print:hidden"
        >
          <Printer size={16} strokeWidth={1.5} aria-hidden />
        </PrintLink>
      )}
      {unfoldAll && (
        <Link
          href={unfoldAll}
          prefetch={false}
          replace
          scroll={false}
          aria-label={t("conversation.unfoldAll")}
          title={t("conversation.unfoldAll")}
          className="grid size-8 flex-none place-items-center rounded text-ink-2 hover:bg-hover print:hidden"
        >
          <ListChevronsUpDown size={16} strokeWidth={1.5} aria-hidden />
        </Link>
      )}
    </header>
  );
}
