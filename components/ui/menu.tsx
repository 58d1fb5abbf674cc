import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface Props {
  readonly id: string;
  /** What the button is called. */
  readonly label: string;
  /** What one reads who points at it. */
  readonly title: string;
  /** The key that opens it. */
  readonly shortcut: string;
  readonly icon: LucideIcon;
  /** What the list is called. */
  readonly listLabel: string;
  /** Items. */
  readonly children: ReactNode;
}

/**
 * A button with a list of what can be done. The browser opens and closes it, by Escape and by a click elsewhere, too, without
 * any script; with scripts, arrows lead through it (`listenToMenus`).
 */
export function Menu({ id, label, title, shortcut, icon: Icon, listLabel, children }: Props) {
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        data-menu-button
        aria-label={label}
        aria-keyshortcuts={shortcut}
        title={title}
        className="grid size-8 flex-none place-items-center rounded text-ink-2 hover:bg-hover max-md:size-10"
      >
        <Icon size={16} strokeWidth={1.5} aria-hidden />
      </button>
      <div id={id} popover="auto" data-menu className="menu">
        <ul aria-label={listLabel} className="text-sm">
          {children}
        </ul>
      </div>
    </>
  );
}

/** How everything in a menu looks that one can choose. */
export const menuItem =
  "flex w-full items-center gap-2.5 rounded px-2.5 py-1.5 text-left hover:bg-hover max-md:py-2.5 [&>svg]:flex-none [&>svg]:text-ink-2";

/** A line between two groups of items. */
export function MenuLine() {
  return <li aria-hidden className="my-1 border-t border-line" />;
}
