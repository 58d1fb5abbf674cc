"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";

/** Shown only when an answer takes this long: what is faster needs no comment. */
const patienceMs = 150;

function leadsOn(event: MouseEvent): boolean {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return false;
  const isPage = link.origin === location.origin && link.target === "" && !link.hasAttribute("download");
  return isPage && link.pathname + link.search !== location.pathname + location.search;
}

/** A line on top of the page from the click on a link until the next page is there. */
export function UnderWay() {
  const path = usePathname();
  const query = useSearchParams();
  const [under, setUnder] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the new address is what ends the wait
  useEffect(() => setUnder(false), [path, query]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onClick = (event: MouseEvent) => {
      if (!leadsOn(event)) return;
      clearTimeout(timer);
      const from = location.href;
      timer = setTimeout(() => setUnder(location.href === from), patienceMs);
    };
    document.addEventListener("click", onClick, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("click", onClick, true);
    };
  }, []);
  return under ? <div aria-hidden className="fixed inset-x-0 top-0 z-30 h-0.5 bg-brass-mark" /> : null;
}
