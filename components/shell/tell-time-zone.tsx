"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

interface Props {
  readonly cookie: string;
  /** The zone that the server has used. */
  readonly used: string;
}

/** Only the browser knows its time zone. It tells the server once, and with that, that it runs scripts. */
export function TellTimeZone({ cookie, used }: Props) {
  const router = useRouter();
  useEffect(() => {
    const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!own || document.cookie.includes(`${cookie}=${own}`)) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
    document.cookie = `${cookie}=${own}; Path=/; Max-Age=31536000; SameSite=Lax`;
    if (own !== used) router.refresh();
  }, [cookie, used, router]);
  return null;
}
