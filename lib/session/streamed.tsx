import "server-only";
import { cookies } from "next/headers";
import { type ReactNode, Suspense } from "react";
import { timeZoneCookie } from "./time-zone.ts";

interface Props {
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}

/**
 * What comes later than the page around it. The browser needs a script to put it in its place; so it is streamed to
 * browsers that have shown that they run scripts (they told us their time zone), and to others the page is sent when it
 * is whole.
 */
export async function Streamed({ fallback, children }: Props) {
  if (!(await cookies()).has(timeZoneCookie)) return children;
  return (
    <Suspense
      fallback={
        <>
          {fallback}
          <noscript>
            <meta httpEquiv="refresh" content="0; url=/api/without-scripts" />
          </noscript>
        </>
      }
    >
      {children}
    </Suspense>
  );
}
