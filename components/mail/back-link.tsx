"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";

/**
 * Back to the list. A plain link to the inbox that, with scripts, goes back to the page and the row one came from.
 */
export function BackLink({ href }: { readonly href: string }) {
  const router = useRouter();
  return (
    <Link
      href={href}
      prefetch={false}
      data-back
      aria-label="Back to the list"
      title="Back to the list (u)"
      className="grid size-9 flex-none place-items-center rounded border border-line bg-surface hover:bg-hover"
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || window.history.length < 2) return;
        event.preventDefault();
        router.back();
      }}
    >
      <ArrowLeft size={16} strokeWidth={1.5} aria-hidden />
    </Link>
  );
}
