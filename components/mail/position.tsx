import { ChevronLeft, ChevronRight } from "lucide-react";
import { Step, stepLook } from "#components/ui/step.tsx";
import type { MessagePage } from "#lib/domain/message-page.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly page: MessagePage;
  /** The address of a page by its cursor; "" is the first. */
  readonly hrefOf: (cursor: string) => string;
}

/** Where one is in the list, and the way on. */
export function Position({ page, hrefOf }: Props) {
  const t = useWords();
  const { rows, from, to, total, newer, older } = page;
  return (
    <div className="ml-auto flex items-center gap-2.5 text-sm whitespace-nowrap text-ink-2">
      {rows.length > 0 && (
        <span className="hidden md:inline">
          {total === null
            ? t("list.range", { from, to })
            : t(total.exact ? "list.rangeOf" : "list.rangeOfAbout", { from, to, total: total.count })}
        </span>
      )}
      <nav aria-label={t("navigation.steps")} className="flex gap-1.5">
        <Step href={newer === null ? null : hrefOf(newer)} name={t("list.newer")} Icon={ChevronLeft} />
        <Step href={older === null ? null : hrefOf(older)} name={t("list.older")} Icon={ChevronRight} />
      </nav>
    </div>
  );
}

export function PositionSkeleton() {
  return (
    <div className="ml-auto flex items-center gap-2.5" aria-hidden>
      <span className="skeleton hidden h-3 w-32 md:block" />
      <span className="flex gap-1.5">
        <span className={`${stepLook} opacity-40`} />
        <span className={`${stepLook} opacity-40`} />
      </span>
    </div>
  );
}
