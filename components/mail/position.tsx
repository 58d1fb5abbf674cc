import { ChevronLeft, ChevronRight, type LucideIcon } from "lucide-react";
import Link from "next/link";
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

interface StepProps {
  readonly href: string | null;
  readonly name: string;
  readonly Icon: LucideIcon;
}

const look = "grid size-[30px] place-items-center rounded border border-line bg-surface";

function Step({ href, name, Icon }: StepProps) {
  const icon = <Icon size={16} strokeWidth={1.5} aria-hidden />;
  if (href === null) {
    return (
      <span className={`${look} opacity-40`} aria-hidden>
        {icon}
      </span>
    );
  }
  return (
    <Link href={href} prefetch={false} aria-label={name} title={name} className={`${look} hover:bg-hover`}>
      {icon}
    </Link>
  );
}

export function PositionSkeleton() {
  return (
    <div className="ml-auto flex items-center gap-2.5" aria-hidden>
      <span className="skeleton hidden h-3 w-32 md:block" />
      <span className="flex gap-1.5">
        <span className={`${look} opacity-40`} />
        <span className={`${look} opacity-40`} />
      </span>
    </div>
  );
}
