"use client";

import type { MailboxEvent } from "#lib/domain/mirror.ts";

type Listener = (event: MailboxEvent) => void;

interface Stream {
  readonly listeners: Set<Listener>;
  close(): void;
}

const streams = new Map<string, Stream>();

/** Calls `listener` with what happens to a mailbox. @returns how to end it */
export function listenLive(accountId: string, listener: Listener): () => void {
  const stream = streams.get(accountId) ?? open(accountId);
  streams.set(accountId, stream);
  stream.listeners.add(listener);
  return () => {
    stream.listeners.delete(listener);
    if (stream.listeners.size > 0) return;
    stream.close();
    streams.delete(accountId);
  };
}

/** What tabs say to each other: what the server has told; a tab that has begun to listen asks how things stand. */
type Said =
  | { readonly kind: "event"; readonly event: MailboxEvent; readonly to?: string }
  | { readonly kind: "ask"; readonly from: string };

/**
 * One connection a browser: the tab that holds the lock listens to the server and tells the others; when it is closed,
 * the next one gets the lock.
 */
function open(accountId: string): Stream {
  const name = `latchkey-live-${accountId}`;
  const me = Math.random().toString(36);
  const listeners = new Set<Listener>();
  const closing = new AbortController();
  const channel = new BroadcastChannel(name);
  const say = (said: Said) => channel.postMessage(said);
  const tell = (event: MailboxEvent) => {
    for (const listener of listeners) listener(event);
  };
  // What this tab has heard from the server, if it is the one that listens.
  let stands: MailboxEvent | null = null;
  channel.onmessage = ({ data: said }: MessageEvent<Said>) => {
    if (said.kind === "event" && (said.to ?? me) === me) tell(said.event);
    if (said.kind === "ask" && stands) say({ kind: "event", event: stands, to: said.from });
  };
  const listen = async () => {
    const source = new EventSource(`/mail/${accountId}/live`);
    source.onmessage = ({ data }) => {
      const event: MailboxEvent = JSON.parse(data);
      // Who asks later has shown another part of it already: nobody has counted for them.
      stands = { ...stands, ...event, added: null };
      say({ kind: "event", event });
      tell(event);
    };
    await new Promise((resolve) => closing.signal.addEventListener("abort", resolve));
    source.close();
  };
  // Locks need a secure context; without them each tab listens for itself.
  const listening = navigator.locks?.request(name, { signal: closing.signal }, listen) ?? listen();
  listening.catch(() => {}); // Closed while it waited for the lock.
  say({ kind: "ask", from: me });
  return {
    listeners,
    close: () => {
      closing.abort();
      channel.close();
    },
  };
}
