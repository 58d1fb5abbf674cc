import type { ReactNode } from "react";

/** A line of a card: what it is, and what it says. */
export function Row({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div className="grid grid-cols-[56px_minmax(0,1fr)] gap-x-3.5 border-t border-line px-3.5 py-2.5 md:grid-cols-[64px_minmax(0,1fr)] md:gap-x-5 md:px-5">
      <dt className="text-ink-3">{term}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}
