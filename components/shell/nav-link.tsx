"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { inbox } from "#lib/domain/paths.ts";

/** What of a message's address stands in the place of a list's name. */
const messageOf = /\/message\/[^/]+$/;

interface Props {
  readonly href: string;
  readonly children: ReactNode;
}

/** A link in the rail that knows whether it is the current one. On the client, since the rail outlives a page. */
export function NavLink({ href, children }: Props) {
  const path = usePathname();
  // A message belongs to the list that it was opened from.
  const list = useSearchParams().get("in") ?? inbox;
  const current = path === href || href === path.replace(messageOf, `/${encodeURIComponent(list)}`);
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={current ? "page" : undefined}
      onClick={(event) => {
        const drawer = event.currentTarget.closest<HTMLElement>("[popover]");
        if (drawer?.matches(":popover-open")) drawer.hidePopover();
      }}
      className="flex h-[30px] items-center gap-2.5 rounded px-2 text-sm text-ink-2 hover:bg-hover aria-[current]:bg-idle-wash aria-[current]:font-medium aria-[current]:text-ink"
    >
      {children}
    </Link>
  );
}
