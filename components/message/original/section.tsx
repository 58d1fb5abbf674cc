import type { ReactNode } from "react";

interface Props {
  readonly title: string;
  readonly hint?: string;
  /** What stands at the end of the title's line. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A part of the page of an original. */
export function Section({ title, hint, action, children }: Props) {
  return (
    <section aria-label={title} className="mt-8">
      <div className="flex items-center justify-between gap-4">
        <h2 className="text-base font-semibold">{title}</h2>
        {action}
      </div>
      {hint && <p className="mt-0.5 max-w-[70ch] text-sm text-ink-3">{hint}</p>}
      {children}
    </section>
  );
}
