import type { ReactNode } from "react";
import { RailButton } from "./page-shell.tsx";

/** The bar that stays on top while the page scrolls. */
export function TopBar({ children }: { readonly children: ReactNode }) {
  return (
    <header className="print:hidden sticky top-0 z-10 flex h-14 items-center gap-3 border-b border-line bg-paper px-4 md:gap-4 md:px-5">
      <RailButton />
      {children}
    </header>
  );
}
