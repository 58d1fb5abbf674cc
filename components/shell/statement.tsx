import type { ReactNode } from "react";
import { Mark } from "./mark.tsx";

interface Props {
  readonly title: string;
  readonly children: ReactNode;
}

/** A page with one thing to say: what happened, and the one button that leads on. */
export function Statement({ title, children }: Props) {
  return (
    <div className="grid min-h-dvh place-items-center p-6">
      <main id="main" className="w-full max-w-[420px]">
        <Mark href="/" className="mb-6 -ml-2 text-lg" />
        <h1 className="mb-3 text-3xl font-semibold tracking-tight text-balance">{title}</h1>
        <div className="space-y-5 text-lg text-ink-2">{children}</div>
      </main>
    </div>
  );
}
