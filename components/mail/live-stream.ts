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

/**
 * One connection a browser: the tab that holds the lock listens to the server and tells the others; when it is closed,
 * the next one gets the lock.
 */
function open(accountId: string): Stream {
  const name = `latchkey-live-${accountId}`;
  const listeners = new Set<Listener>();
  const closing = new AbortController();
  const channel = new BroadcastChannel(name);
  const tell = (event: MailboxEvent) => {
    for (const listener of listeners) listener(event);
  };
  channel.onmessage = ({ data }) => tell(data);
  const listen = async () => {
    const source = new EventSource(`/mail/${accountId}/live`);
    source.onmessage = ({ data }) => {
      const event: MailboxEvent = JSON.parse(data);
      channel.postMessage(event);
      tell(event);
    };
    await new Promise((resolve) => closing.signal.addEventListener("abort", resolve));
    source.close();
  };
  // Locks need a secure context; without them each tab listens for itself.
  const listening = navigator.locks?.request(name, { signal: closing.signal }, listen) ?? listen();
  listening.catch(() => {}); // Closed while it waited for the lock.
  return {
    listeners,
    close: () => {
      closing.abort();
      channel.close();
    },
  };
}
