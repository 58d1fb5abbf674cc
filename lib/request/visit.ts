/**
 * One request, as whatever serves it may know it beside what Next tells: who connected, whether they are still there, and
 * a way to refuse it however far it has come. The front door holds it, in a process that Next's bundles share with it.
 */

import { AsyncLocalStorage } from "node:async_hooks";
import { perProcess } from "../domain/per-process.ts";
import type { Client } from "../domain/session.ts";

export interface Visit {
  /** Whose request this is, as far as the network tells: an IPv4 address, or the /64 of an IPv6 one. */
  readonly address: string;
  /** Whether it was sent on this machine, to this process: not by way of a proxy, and by no page. */
  readonly isLocal: boolean;
  /** Fires when the visitor leaves before the answer was finished. */
  readonly leaving: AbortSignal;
  /** Answers 429, if nothing was answered yet; what is rendered afterwards is dropped. */
  refuse(afterSeconds: number): void;
  /** Whether any of our own code behind Next has been asked who this is. */
  reached: boolean;
  /** How many bytes the body of the answer has, where that is known: Next drops what a route says of it. */
  length: number | null;
  /** Whether this request ended its own session: the browser is to forget what it keeps of our pages. */
  signedOut: boolean;
}

export const visits = perProcess("visits", () => new AsyncLocalStorage<Visit>());

/** Says that code of ours is at work: from now on a failure is our own. */
export function noteReached(): void {
  const visit = visits().getStore();
  if (visit) visit.reached = true;
}

/** Says how many bytes the body of the answer has. */
export function noteLength(bytes: number): void {
  const visit = visits().getStore();
  if (visit) visit.length = bytes;
}

/** Says that whoever asks has signed out with this request. */
export function noteSignedOut(): void {
  const visit = visits().getStore();
  if (visit) visit.signedOut = true;
}

/** What a list of sessions has room for. */
const longestUserAgent = 400;

/** Where a request comes from, as far as that can be believed, and what sent it, as it says itself. */
export function clientOf(headers: Pick<Headers, "get">): Client {
  return {
    address: visits().getStore()?.address ?? null,
    userAgent: headers.get("user-agent")?.slice(0, longestUserAgent) ?? null,
  };
}

/** Fires when the visitor whose request this is has left; undefined outside of a request. */
export const requestSignal = (): AbortSignal | undefined => visits().getStore()?.leaving;

/** Fires when the visitor whose request this is has left; for a HEAD request, as soon as it is answered. */
export const leavingOf = (request: Request): AbortSignal => requestSignal() ?? request.signal;
