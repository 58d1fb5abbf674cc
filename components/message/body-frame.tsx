"use client";

import { useEffect, useRef, useState } from "react";
import { onDoubleTap } from "./double-tap.ts";
import { rememberFolds } from "./folds.ts";
import { type FollowedFrame, followHeight } from "./follow-height.ts";
import { passKeys } from "./pass-keys.ts";

interface Props {
  readonly src: string;
  readonly sandbox: string;
  readonly message: string;
  readonly title: string;
  /** About how tall the mail is, until it is measured. */
  readonly heightPx: number;
  /** On the button of a mail that was scaled to fit, and of one that is shown at its own width. */
  readonly fullSizeText: string;
  readonly fitText: string;
}

/**
 * A mail's HTML in a frame that runs nothing and loads nothing from elsewhere. Without scripts it scrolls in itself;
 * with them it is as tall as what is in it, no wider than the page, and the page scrolls.
 */
export function BodyFrame({ src, sandbox, message, title, heightPx, fullSizeText, fitText }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const followed = useRef<FollowedFrame>(null);
  const [fit, setFit] = useState<"narrow" | "fitted" | "full">("narrow");
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
      const following = followHeight(element, around, loaded.body, setFit);
      followed.current = following;
      ends.push(
        following.end,
        rememberFolds(loaded, message),
        passKeys(element, loaded),
        onDoubleTap(loaded, following.toggleFit),
      );
      around.parentElement?.removeAttribute("data-pending");
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
    <>
      <div ref={place} style={{ height: `min(${heightPx}px,70vh)` }}>
        <iframe
          ref={frame}
          src={src}
          name={`body-${message}`}
          title={title}
          sandbox={sandbox}
          referrerPolicy="no-referrer"
          className="block h-full w-full"
        />
      </div>
      {fit !== "narrow" && (
        <p className="sticky bottom-2 mt-2 flex justify-end print:hidden">
          <button
            type="button"
            onClick={() => followed.current?.toggleFit()}
            className="min-h-8 rounded border border-line-strong bg-surface px-3 text-xs text-ink-2 shadow-sm hover:bg-hover pointer-coarse:min-h-11"
          >
            {fit === "full" ? fitText : fullSizeText}
          </button>
        </p>
      )}
    </>
  );
}
