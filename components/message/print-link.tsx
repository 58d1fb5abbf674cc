"use client";

import type { ReactNode } from "react";

interface Props {
  readonly href: string;
  /** What it is called, where nothing in it says so. */
  readonly label?: string;
  readonly className: string;
  readonly children: ReactNode;
}

/** In a frame that nobody sees; nothing runs in it, but its dialog may open. */
const sandbox = "allow-same-origin allow-modals";

const frameName = "print";

/** Opens the browser's dialog with what is to be printed; without scripts, its page. */
export function PrintLink({ href, label, className, children }: Props) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener"
      aria-label={label}
      title={label}
      className={className}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        document.querySelector(`iframe[name=${frameName}]`)?.remove();
        const frame = document.createElement("iframe");
        frame.name = frameName;
        // Not hidden outright: what is not laid out is not printed everywhere.
        frame.className = "fixed size-0 border-0 opacity-0";
        frame.ariaHidden = "true";
        frame.tabIndex = -1;
        frame.setAttribute("sandbox", sandbox);
        frame.src = href;
        frame.addEventListener("load", () => frame.contentWindow?.print(), { once: true });
        document.body.append(frame);
      }}
    >
      {children}
    </a>
  );
}
