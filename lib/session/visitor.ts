import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";

/**
 * Whether the visitor is still there. Next tells pages nothing about it, so it is taken from Node: each request carries a
 * signal that fires when its connection closes before the answer was finished.
 * @see https://nodejs.org/api/diagnostics_channel.html#http
 */
const held = globalThis as { latchkeyVisitors?: AsyncLocalStorage<AbortSignal> };

function visitors(): AsyncLocalStorage<AbortSignal> {
  held.latchkeyVisitors ??= new AsyncLocalStorage();
  return held.latchkeyVisitors;
}

/** To be called once, before the first request. */
export function watchVisitors(): void {
  subscribe("http.server.request.start", (message) => {
    const { response } = message as { response: ServerResponse };
    const leaving = new AbortController();
    response.once("close", () => {
      if (!response.writableFinished) leaving.abort();
    });
    // The channel speaks in the request's own asynchronous context, so this reaches what handles it and nothing else.
    visitors().enterWith(leaving.signal);
  });
}

/** Fires when the visitor whose request this is has left; undefined outside of a request. */
export const visitorSignal = (): AbortSignal | undefined => visitors().getStore();
