import { ChevronLeft, ChevronRight } from "lucide-react";
import { Step } from "#components/ui/step.tsx";
import type { MessagePage } from "#lib/domain/message-page.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly position: number | null;
  readonly total: MessagePage["total"];
  /** Addresses of the messages beside it; null where there is none. */
  readonly newer: string | null;
  readonly older: string | null;
}

/** Where a message stands in the list that it was opened from, and the ways to those beside it. */
export function PlaceInListView({ position, total, newer, older }: Props) {
  const t = useWords();
  return (
    <div className="ml-auto flex items-center gap-2.5 text-sm whitespace-nowrap text-ink-2">
      {position !== null && total !== null && (
        <span className="hidden md:inline">
          {t(total.exact ? "conversation.position" : "conversation.positionOfAbout", {
            position,
            total: total.count,
          })}
        </span>
      )}
      <nav aria-label={t("conversation.besides")} className="flex gap-1.5">
        <Step href={newer} name={t("conversation.newer")} shortcut="k" Icon={ChevronLeft} />
        <Step href={older} name={t("conversation.older")} shortcut="j" Icon={ChevronRight} />
      </nav>
    </div>
  );
}
