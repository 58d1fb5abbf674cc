"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { rememberFolds } from "./folds.ts";

/** Text whose folds stay as their reader left them. */
export function FoldingText({
  message,
  children,
}: {
  readonly message: string;
  readonly children: ReactNode;
}) {
  const text = useRef<HTMLDivElement>(null);
  useEffect(() => (text.current ? rememberFolds(text.current, message) : undefined), [message]);
  return (
    <div ref={text} className="text-lg break-words">
      {children}
    </div>
  );
}
