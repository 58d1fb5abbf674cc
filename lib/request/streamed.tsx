import "server-only";
import { cookies } from "next/headers";
import { cache, type ReactNode, Suspense } from "react";
import { timeZoneCookie } from "./time-zone.ts";

interface Props {
  readonly fallback: ReactNode;
  readonly children: ReactNode;
  /** What the children wait for, when it may be at hand already. */
  readonly waitsFor?: Promise<unknown>;
}

/** What is there within this time needs no placeholder: the page is sent when it is whole. */
const patienceMs = 100;

/**
 * What may come later than the page around it. The browser needs a script to put it in its place; so it is streamed to
 * browsers that have shown that they run scripts (they told us their time zone), and to others the page is sent when it
 * is whole.
 */
export async function Streamed({ fallback, children, waitsFor }: Props) {
  if (!(await runsScripts())) return children;
  if (waitsFor && (await isSoon(waitsFor))) return children;
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

/** Read once, at the beginning: what is streamed last may come when Next no longer lets the request be read. */
const runsScripts = cache(async () => (await cookies()).has(timeZoneCookie));

/** Whether a promise settles before a placeholder would be worth its flicker. */
async function isSoon(promise: Promise<unknown>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), patienceMs);
  const settled = promise.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([settled, late]);
  } finally {
    clearTimeout(timer);
  }
}
