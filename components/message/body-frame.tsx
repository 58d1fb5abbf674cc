"use client";

import { useEffect, useRef } from "react";
import { rememberFolds } from "./folds.ts";
import { followHeight } from "./follow-height.ts";

interface Props {
  readonly src: string;
  readonly sandbox: string;
  readonly message: string;
  readonly title: string;
}

/**
 * A mail's HTML in a frame that runs nothing and loads nothing from elsewhere. Without scripts it scrolls in itself;
 * with them it is as tall as what is in it, and the page scrolls.
 */
export function BodyFrame({ src, sandbox, message, title }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const [element, around] = [frame.current, place.current];
    if (!element || !around) return;
    const ends: (() => void)[] = [];
    const end = () => {
      for (const endOne of ends.splice(0)) endOne();
    };
    const attach = () => {
      end();
      const loaded = element.contentDocument;
      if (!loaded?.body) return;
      ends.push(followHeight(element, around, loaded.body), rememberFolds(loaded, message));
    };
    element.addEventListener("load", attach);
    // The frame may have been there before this script.
    if (element.contentDocument?.readyState === "complete") attach();
    return () => {
      element.removeEventListener("load", attach);
      end();
    };
  }, [message]);
  return (
    <div ref={place} className="h-[70vh]">
      <iframe
        ref={frame}
        src={src}
        title={title}
        sandbox={sandbox}
        referrerPolicy="no-referrer"
        className="block h-full w-full"
      />
    </div>
  );
}
