"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";

interface Props {
  readonly href: string;
  readonly label: string;
  /** What one reads who points at it: the label, and the key that does the same. */
  readonly title: string;
}

/**
 * Back to the list. A plain link to the inbox that, with scripts, goes back to the page and the row one came from.
 */
export function BackLink({ href, label, title }: Props) {
  const router = useRouter();
  return (
    <Link
      href={href}
      prefetch={false}
      data-back
      aria-label={label}
      title={title}
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
