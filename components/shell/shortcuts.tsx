"use client";

import { useEffect } from "react";
import { listenToMenus, openMenu } from "./menus.ts";

const rows = () => [...document.querySelectorAll<HTMLElement>("[data-row]")];

const messages = () => [...document.querySelectorAll<HTMLElement>("[data-message]")];

function step(all: readonly HTMLElement[], by: 1 | -1): void {
  const at = all.findIndex((one) => one.contains(document.activeElement));
  const next = at === -1 ? (by === 1 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
  all[next]?.focus();
}

const press = (selector: string) => document.querySelector<HTMLElement>(selector)?.click();

/** In a list to the next row; in a message to the message beside it in the list. */
function go(key: "j" | "k"): void {
  const all = rows();
  if (all.length > 0) step(all, key === "j" ? 1 : -1);
  else press(`[data-step=${key}]`);
}

const actions: Readonly<Record<string, () => void>> = {
  "/": () => document.querySelector<HTMLElement>("input[type=search]")?.focus(),
  j: () => go("j"),
  k: () => go("k"),
  n: () => step(messages(), 1),
  p: () => step(messages(), -1),
  ".": openMenu,
  u: () => press("[data-back]"),
};

/**
 * The keys that readers of mail expect: j and k move in a list and from message to message, n and p within a conversation, Enter
 * opens, u goes back, / searches, . opens a message's menu.
 */
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
