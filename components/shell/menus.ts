const itemsOf = (menu: Element): HTMLElement[] =>
  [...menu.querySelectorAll<HTMLElement>("a[href], button")].filter((item) => item.checkVisibility());

/** Where each key leads from the item at `at` of `count`; null: out of the menu. */
const steps: Readonly<Record<string, (at: number, count: number) => number | null>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (Math.max(at, 0) - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
  Tab: () => null,
};

/** The open menu that an element stands in; or that its button has opened, until the focus has moved there. */
function menuOf(element: Element): HTMLElement | null {
  const button = element.closest<HTMLButtonElement>("[data-menu-button]");
  const menu = button?.popoverTargetElement ?? element.closest("[data-menu]");
  return menu instanceof HTMLElement && menu.matches(":popover-open") ? menu : null;
}

/**
 * What the browser's popovers lack of a menu: arrows lead through it, its first item has the focus when it opens, and it closes
 * when something was chosen, and by Tab.
 * @returns what ends this
 */
export function listenToMenus(): () => void {
  const ending = new AbortController();
  const listen = <Name extends keyof DocumentEventMap>(
    name: Name,
    listener: (event: DocumentEventMap[Name], menu: HTMLElement, target: Element) => void,
  ) =>
    document.addEventListener(
      name,
      (event) => {
        const target = event.target instanceof Element ? event.target : null;
        const menu = target && menuOf(target);
        if (menu) listener(event, menu, target);
      },
      // `toggle` does not bubble.
      { capture: true, signal: ending.signal },
    );
  listen("toggle", (_, menu, target) => {
    if (target === menu) itemsOf(menu)[0]?.focus();
  });
  listen("keydown", (event, menu) => {
    const items = itemsOf(menu);
    const next = steps[event.key]?.(items.indexOf(document.activeElement as HTMLElement), items.length);
    if (next === undefined) return;
    if (next === null) {
      // The focus goes back to the button, and the key leads on from there.
      menu.hidePopover();
      return;
    }
    event.preventDefault();
    items[next]?.focus();
  });
  listen("click", (_, menu, target) => {
    // Not before whoever listens to the link has heard.
    if (target.closest("a[href]")) queueMicrotask(() => menu.hidePopover());
  });
  return () => ending.abort();
}

/** Opens the menu of what has the focus, or the first one. */
export function openMenu(): void {
  const around = document.activeElement?.closest("[data-message]") ?? document;
  around.querySelector<HTMLElement>("[data-menu-button]")?.click();
}
