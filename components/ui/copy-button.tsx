"use client";

import { type ReactNode, useEffect, useState } from "react";

interface Props {
  /** What is copied. */
  readonly text?: string;
  /** The id of the field whose text is copied instead. */
  readonly from?: string;
  readonly children: ReactNode;
  readonly words: { readonly copied: string; readonly notCopied: string };
  readonly className: string;
}

/** How long it says what has come of it. */
const saidForMs = 2_000;

/** Copies a text. Only a script can: where none runs, it is not shown. */
export function CopyButton({ text = "", from, children, words, className }: Props) {
  const [said, setSaid] = useState("");
  useEffect(() => {
    const timer = said ? setTimeout(() => setSaid(""), saidForMs) : undefined;
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => {
    const field = from ? document.getElementById(from) : null;
    try {
      await navigator.clipboard.writeText(field instanceof HTMLTextAreaElement ? field.value : text);
      setSaid(words.copied);
    } catch {
      // The browser does not let pages copy that came without encryption.
      setSaid(words.notCopied);
    }
  };
  return (
    <button type="button" onClick={copy} className={`noscript:hidden ${className}`}>
      {children}
      <span role="status" className="ml-auto text-xs text-ink-3 empty:hidden">
        {said}
      </span>
    </button>
  );
}
