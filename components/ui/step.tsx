import type { LucideIcon } from "lucide-react";
import Link from "next/link";

interface Props {
  /** Where it leads; null where there is nothing in that direction. */
  readonly href: string | null;
  readonly name: string;
  readonly Icon: LucideIcon;
  /** The key that does the same in a message: that steps in the place of the page it leaves, which one does not come back to. */
  readonly shortcut?: "j" | "k";
}

export const stepLook = "grid size-[30px] place-items-center rounded border border-line bg-surface";

/** One step in a list, as a button with an arrow. */
export function Step({ href, name, Icon, shortcut }: Props) {
  const icon = <Icon size={16} strokeWidth={1.5} aria-hidden />;
  if (href === null) {
    return (
      <span className={`${stepLook} opacity-40`} aria-hidden>
        {icon}
      </span>
    );
  }
  return (
    <Link
      href={href}
      prefetch={false}
      replace={shortcut !== undefined}
      aria-label={name}
      aria-keyshortcuts={shortcut}
      title={shortcut ? `${name} (${shortcut})` : name}
      data-step={shortcut}
      className={`${stepLook} hover:bg-hover`}
    >
      {icon}
    </Link>
  );
}
