"use client";

import { useEffect, useRef } from "react";

/**
 * A mail's HTML in a frame that runs nothing and loads nothing from elsewhere. Without scripts it scrolls in itself;
 * with them it is as tall as what is in it, and the page scrolls.
 */
export function BodyFrame({ src, sandbox }: { readonly src: string; readonly sandbox: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let observer: ResizeObserver | undefined;
    const fitToContent = () => {
      const root = element.contentDocument?.documentElement;
      if (!root) return;
      const measure = () => {
        element.style.height = `${root.ownerDocument.body?.scrollHeight ?? root.scrollHeight}px`;
      };
      observer?.disconnect();
      observer = new ResizeObserver(measure);
      if (root.ownerDocument.body) observer.observe(root.ownerDocument.body);
      measure();
    };
    element.addEventListener("load", fitToContent);
    if (element.contentDocument?.readyState === "complete") fitToContent();
    return () => {
      element.removeEventListener("load", fitToContent);
      observer?.disconnect();
    };
  }, []);
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
