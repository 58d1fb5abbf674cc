import "server-only";

/** What is open to one listener. */
export interface EventStream {
  /** Sends this text, a whole event or comment, unless the stream has ended. */
  send(text: string): void;
  /** Ends the stream, with this as its last words. Whatever ends it comes through here; the first time counts. */
  end(last?: string): void;
  /** Fires once, however the stream ends: what lives for it alone is given up then. */
  readonly ended: AbortSignal;
}

/** A listener that takes nothing while so many events wait for it is not there. */
const waitingAtMost = 256;

/**
 * Server-sent events for as long as somebody listens.
 * @param leaving fires when the listener has gone
 * @param begin called at once; when it fails, the stream ends
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function eventStream(
  leaving: AbortSignal,
  begin: (stream: EventStream) => Promise<void>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const ending = new AbortController();
  // Its listener may go without a word to `cancel`, or cancel without a signal: neither leaves anything to be closed.
  const give = () => ending.abort();
  return new ReadableStream(
    {
      async start(controller) {
        const send = (text: string) => {
          if (ending.signal.aborted) return;
          controller.enqueue(encoder.encode(text));
          if ((controller.desiredSize ?? 0) <= 0) end();
        };
        const end = (last?: string) => {
          if (ending.signal.aborted) return;
          if (last !== undefined) controller.enqueue(encoder.encode(last));
          ending.abort();
          controller.close();
        };
        leaving.addEventListener("abort", give, { once: true, signal: ending.signal });
        if (leaving.aborted) return give();
        // Not waited for: what is sent meanwhile is to be read meanwhile.
        begin({ send, end, ended: ending.signal }).catch(() => end());
      },
      cancel: give,
    },
    { highWaterMark: waitingAtMost },
  );
}
