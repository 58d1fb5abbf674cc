"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** When another language is chosen in one tab, the browser's other tabs are drawn again in it. */
export function SameLanguage({ language }: { readonly language: string }) {
  const router = useRouter();
  useEffect(() => {
    const channel = new BroadcastChannel("latchkey.language");
    channel.postMessage(language);
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data !== language) router.refresh();
    };
    return () => channel.close();
  }, [language, router]);
  return null;
}
