import { ChevronLeft, ChevronRight, type LucideIcon } from "lucide-react";
import Link from "next/link";
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
        <Step href={newer} name={t("conversation.newer")} keys="k" Icon={ChevronLeft} />
        <Step href={older} name={t("conversation.older")} keys="j" Icon={ChevronRight} />
      </nav>
    </div>
  );
}

interface StepProps {
  readonly href: string | null;
  readonly name: string;
  readonly keys: "j" | "k";
  readonly Icon: LucideIcon;
}

const look = "grid size-[30px] place-items-center rounded border border-line bg-surface";

function Step({ href, name, keys, Icon }: StepProps) {
  const icon = <Icon size={16} strokeWidth={1.5} aria-hidden />;
  if (href === null)
    return (
      <span className={`${look} opacity-40`} aria-hidden>
        {icon}
      </span>
    );
  return (
    <Link
      href={href}
      prefetch={false}
      replace
      aria-label={name}
      aria-keyshortcuts={keys}
      title={`${name} (${keys})`}
      data-step={keys}
      className={`${look} hover:bg-hover`}
    >
      {icon}
    </Link>
  );
}
