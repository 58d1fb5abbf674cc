"use client";

import type { MailboxEvent } from "#lib/domain/copy-head.ts";
import { livePath } from "#lib/domain/paths.ts";
import { leave, leaveIfEnded, tellEnded } from "../shell/session-end.ts";

type Listener = (event: MailboxEvent) => void;

interface Stream {
  readonly listeners: Set<Listener>;
  /** What this tab has heard so far, as for somebody who has heard nothing; null when that is so. */
  stands(): MailboxEvent | null;
  close(): void;
}

const streams = new Map<string, Stream>();

/** Calls `listener` with what happens to a mailbox. @returns how to end it */
export function listenLive(accountId: string, listener: Listener): () => void {
  const stream = streams.get(accountId) ?? open(accountId);
  streams.set(accountId, stream);
  stream.listeners.add(listener);
  // A part of the page that came later than another may have missed something.
  const missed = stream.stands();
  if (missed) listener(missed);
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
  let stands: MailboxEvent | null = null;
  const tell = (event: MailboxEvent) => {
    // Who asks later has shown a part of it already: nobody has counted for them. Whether there is trouble, their page
    // knows better than what was said a while ago.
    const { trouble: _, ...lasting } = event;
    stands = { ...stands, ...lasting, added: null, arrived: null };
    for (const listener of listeners) listener(event);
  };
  let listensItself = false;
  channel.onmessage = ({ data: said }: MessageEvent<Said>) => {
    if (said.kind === "event" && (said.to ?? me) === me) tell(said.event);
    if (said.kind === "ask" && listensItself && stands) say({ kind: "event", event: stands, to: said.from });
  };
  const listen = async () => {
    listensItself = true;
    const end = listenToServer(accountId, (event) => {
      say({ kind: "event", event });
      tell(event);
    });
    await new Promise((resolve) => closing.signal.addEventListener("abort", resolve));
    end();
  };
  // Locks need a secure context; without them each tab listens for itself.
  const listening = navigator.locks?.request(name, { signal: closing.signal }, listen) ?? listen();
  listening.catch(() => {}); // Closed while it waited for the lock.
  say({ kind: "ask", from: me });
  return {
    listeners,
    stands: () => stands,
    close: () => {
      closing.abort();
      channel.close();
    },
  };
}

/** A server that answers with anything but a stream ends an EventSource for good: after a while another is opened. */
const againAfterMs = 5_000;

function listenToServer(accountId: string, onEvent: Listener): () => void {
  const ending = new AbortController();
  let source: EventSource;
  const whenShown = () => {
    if (document.visibilityState !== "visible") return;
    document.removeEventListener("visibilitychange", whenShown);
    connect();
  };
  function connect(): void {
    source = new EventSource(livePath(accountId));
    source.onmessage = ({ data }) => onEvent(JSON.parse(data));
    // This account may not be shown here any more: not in this tab, and in no other.
    source.addEventListener("ended", () => {
      source.close();
      tellEnded(accountId);
      leave();
    });
    // This session listens in too many places: whoever comes back at once would take another's place, and so for ever.
    source.addEventListener("replaced", () => {
      source.close();
      document.addEventListener("visibilitychange", whenShown, { signal: ending.signal });
    });
    source.onerror = () => void (source.readyState === EventSource.CLOSED && connectAgain());
  }
  async function connectAgain(): Promise<void> {
    if (!(await leaveIfEnded(accountId)) || ending.signal.aborted) return;
    const timer = setTimeout(connect, againAfterMs);
    ending.signal.addEventListener("abort", () => clearTimeout(timer));
  }
  connect();
  return () => {
    ending.abort();
    source.close();
  };
}
