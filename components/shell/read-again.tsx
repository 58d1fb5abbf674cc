"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

interface Props {
  /** Milliseconds from when the page was made. */
  readonly afterMs: number;
  /** When the page was made: a page that is drawn again waits anew. */
  readonly since: number;
}

/** Has the page drawn again by itself after a while, with or without JavaScript; nobody has to ask for that. */
export function ReadAgain({ afterMs, since }: Props) {
  const router = useRouter();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was drawn again begins to wait again
  useEffect(() => {
    const timer = setTimeout(() => router.refresh(), afterMs);
    return () => clearTimeout(timer);
  }, [afterMs, since, router]);
  return (
    <noscript>
      <meta httpEquiv="refresh" content={String(Math.ceil(afterMs / 1000))} />
    </noscript>
  );
}
