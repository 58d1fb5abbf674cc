"use client";

import { useEffect, useRef } from "react";
import { rememberFolds } from "./folds.ts";

interface Props {
  readonly src: string;
  readonly sandbox: string;
  readonly message: string;
}

/** Makes the frame as tall as its document, and keeps it so while that grows. @returns what ends this */
function followHeight(frame: HTMLIFrameElement, body: HTMLElement): () => void {
  const observer = new ResizeObserver(() => {
    frame.style.height = `${body.scrollHeight}px`;
  });
  observer.observe(body);
  return () => observer.disconnect();
}

/**
 * A mail's HTML in a frame that runs nothing and loads nothing from elsewhere. Without scripts it scrolls in itself;
 * with them it is as tall as what is in it, and the page scrolls.
 */
export function BodyFrame({ src, sandbox, message }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const ends: (() => void)[] = [];
    const end = () => {
      for (const endOne of ends.splice(0)) endOne();
    };
    const attach = () => {
      end();
      const loaded = element.contentDocument;
      if (loaded?.body) ends.push(followHeight(element, loaded.body), rememberFolds(loaded, message));
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
    <iframe
      ref={frame}
      src={src}
      title="Message body"
      sandbox={sandbox}
      referrerPolicy="no-referrer"
      className="block h-[70vh] w-full"
    />
  );
}
