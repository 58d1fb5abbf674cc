"use client";

import { useEffect } from "react";
import { listenToMenus, openMenu } from "./menus.ts";

const rows = () => [...document.querySelectorAll<HTMLElement>("[data-row]")];

function step(by: 1 | -1): void {
  const all = rows();
  const at = all.indexOf(document.activeElement as HTMLElement);
  const next = at === -1 ? (by === 1 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
  all[next]?.focus();
}

const actions: Readonly<Record<string, () => void>> = {
  "/": () => document.querySelector<HTMLElement>("input[type=search]")?.focus(),
  j: () => step(1),
  k: () => step(-1),
  ".": openMenu,
  u: () => document.querySelector<HTMLElement>("[data-back]")?.click(),
};

/** The keys that readers of mail expect: j and k move, Enter opens, u goes back, / searches, . opens a message's menu. */
export function Shortcuts() {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.target instanceof HTMLElement && event.target.closest("input, textarea, select")) return;
      const action = actions[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener("keydown", onKeyDown);
    const leaveMenus = listenToMenus();
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      leaveMenus();
    };
  }, []);
  return null;
}
