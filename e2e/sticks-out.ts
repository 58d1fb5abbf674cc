import type { Page } from "@playwright/test";

/**
 * What anybody would see to be broken on a page, whatever its words say: it scrolls sideways, a text is cut off where no
 * dots say so, or two controls lie on each other.
 */
export const whatSticksOut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    /** Not what is there for those alone who listen to the page. */
    const isShown = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      const isSeen = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      return isSeen && width > 1 && height > 1 && !getComputedStyle(element).clipPath.startsWith("inset(50%");
    };
    const named = (element: Element) => {
      const words = element.getAttribute("aria-label") ?? element.textContent ?? "";
      return `<${element.localName}> “${words.replace(/\s+/g, " ").trim().slice(0, 50)}”`;
    };
    const shown = [...document.body.querySelectorAll("*")].filter(isShown);

    const { clientWidth, scrollWidth } = document.documentElement;
    const widest = shown.toSorted(
      (a, b) => b.getBoundingClientRect().right - a.getBoundingClientRect().right,
    )[0];
    const sideways =
      scrollWidth > clientWidth && widest
        ? [`scrolls sideways, ${scrollWidth} px in ${clientWidth} px: ${named(widest)}`]
        : [];

    const cut = shown
      .filter((element) => {
        const { overflowX, textOverflow, webkitLineClamp } = getComputedStyle(element);
        const mayCut =
          /hidden|clip/.test(overflowX) && textOverflow !== "ellipsis" && webkitLineClamp === "none";
        return mayCut && element.scrollWidth > element.clientWidth && element.textContent?.trim();
      })
      .map(
        (element) => `is cut off, ${element.scrollWidth} px in ${element.clientWidth} px: ${named(element)}`,
      );

    /** What is above the rest of the page may lie on it: a drawer, a menu, a bar that stays. */
    const layerOf = (element: Element | null): Element | null => {
      if (!element) return null;
      const { position, zIndex } = getComputedStyle(element);
      const isLayer = /fixed|sticky/.test(position) || (position === "absolute" && zIndex !== "auto");
      return isLayer || element.matches(":popover-open, dialog[open]")
        ? element
        : layerOf(element.parentElement);
    };
    const controls = shown
      .filter((element) => element.matches("a[href], button, input, select, textarea, summary"))
      .map((element) => ({ element, layer: layerOf(element), boxes: [...element.getClientRects()] }));
    const onEachOther = (a: DOMRect, b: DOMRect) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    const overlapping = controls.flatMap((one, index) =>
      controls
        .slice(index + 1)
        .filter(
          (other) =>
            one.layer === other.layer &&
            !one.element.contains(other.element) &&
            !other.element.contains(one.element) &&
            one.boxes.some((a) => other.boxes.some((b) => onEachOther(a, b))),
        )
        .map((other) => `lie on each other: ${named(one.element)} and ${named(other.element)}`),
    );
    return [...sideways, ...cut, ...overlapping];
  });
