"use client";

import { useEffect } from "react";

/** Brings the message that was asked for into view, and the focus to it: whoever reads on, reads on there. */
export function RevealMessage({ anchor, isFirst }: { readonly anchor: string; readonly isFirst: boolean }) {
  useEffect(() => {
    const message = document.getElementById(anchor);
    message?.focus({ preventScroll: true });
    if (!isFirst) message?.scrollIntoView();
  }, [anchor, isFirst]);
  return null;
}
