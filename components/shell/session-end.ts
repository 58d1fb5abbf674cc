"use client";

import { livePath } from "#lib/domain/paths.ts";

/** What tabs of one browser tell each other: that this account's pages are to go, or (null) that each is to ask. */
type Ended = string | null;

const channelName = "latchkey-session";

/** Tells the other tabs of this browser. */
export function tellEnded(ended: Ended): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(ended);
  channel.close();
}

/** Calls `listener` with what other tabs tell. @returns how to end it */
export function onToldEnded(listener: (ended: Ended) => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }: MessageEvent<Ended>) => listener(data);
  return () => channel.close();
}

/** Takes the page from view and asks for it anew: what the server answers says what has happened. */
export function leave(): void {
  hide(true);
  location.reload();
}

/** Whether the mail is shown. Not by `display`, which would lose where the reader was. */
export function hide(isHidden: boolean): void {
  document.documentElement.style.visibility = isHidden ? "hidden" : "";
}

/**
 * Asks whether this account may still be shown here, and leaves if not. Without an answer nobody knows: nothing happens.
 * @returns whether the page stays
 */
export async function leaveIfEnded(accountId: string): Promise<boolean> {
  const answer = await fetch(livePath(accountId), { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (answer?.status !== 401 && answer?.status !== 404) return true;
  leave();
  return false;
}
