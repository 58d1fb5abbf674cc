import { Menu } from "lucide-react";
import type { ReactNode } from "react";
import { useWords } from "#lib/i18n/request-words.ts";
import { Mark } from "./mark.tsx";

interface Props {
  /** What stands in the rail below the mark. */
  readonly rail: ReactNode;
  readonly children: ReactNode;
}

const railId = "rail";

/** The page's two columns. On small screens the rail is a drawer: a popover, so it opens without any script. */
export function PageShell({ rail, children }: Props) {
  const t = useWords();
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[232px_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only rounded bg-surface px-3 py-2 focus:not-sr-only focus:absolute focus:z-20 focus:m-2"
      >
        {t("navigation.skip")}
      </a>
      <aside
        id={railId}
        popover="auto"
        aria-label={t("navigation.label")}
        className="rail flex-col gap-3.5 px-3 py-3.5"
      >
        <Mark />
        {rail}
      </aside>
      {children}
    </div>
  );
}

/** Opens the drawer; there is none where the rail is always there. */
export function RailButton() {
  const t = useWords();
  return (
    <button
      type="button"
      popoverTarget={railId}
      aria-label={t("navigation.open")}
      className="grid size-9 flex-none place-items-center rounded border border-line bg-surface hover:bg-hover md:hidden"
    >
      <Menu size={16} strokeWidth={1.5} aria-hidden />
    </button>
  );
}
