"use client";

import { useEffect } from "react";
import { hide, leave, leaveIfEnded, onToldEnded } from "../shell/session-end.ts";

/** A page that is being looked at asks this often whether it may still be shown; a list is told sooner. */
const everyMs = 60_000;
/** Going back and forth between tabs is not a reason to ask each time. */
const notWithinMs = 5_000;

/** Mail does not stay in view when the session has ended elsewhere: in another tab, on another device, by an admin. */
export function WatchSession({ accountId }: { readonly accountId: string }) {
  useEffect(() => {
    let askedAt = Date.now();
    const ask = () => {
      askedAt = Date.now();
      return leaveIfEnded(accountId);
    };
    const whenShown = () => {
      if (document.visibilityState === "visible" && Date.now() - askedAt > notWithinMs) void ask();
    };
    // "Back" may bring a page as it was, whatever has happened since: it is looked at when that is known.
    const whenRestored = async ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return;
      hide(true);
      if (await ask()) hide(false);
    };
    const end = onToldEnded((ended) => {
      if (ended === accountId) leave();
      else if (ended === null) void ask();
    });
    const timer = setInterval(whenShown, everyMs);
    document.addEventListener("visibilitychange", whenShown);
    window.addEventListener("pageshow", whenRestored);
    return () => {
      end();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", whenShown);
      window.removeEventListener("pageshow", whenRestored);
    };
  }, [accountId]);
  return null;
}
