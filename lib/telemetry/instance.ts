/**
 * What is true of this process as a whole: the front door, every bundle of Next's and the jobs see the same. That is why it
 * hangs on the process, and why it is plain of everything else.
 */

import { perProcess } from "../domain/per-process.ts";

/** `off` where this instance only serves; `stopped` from a failure until it works again. */
export type WorkerState = "off" | "starting" | "working" | "stopped";

export interface Answered {
  readonly method: string;
  /** Without what was asked for behind it. */
  readonly path: string;
  readonly status: number;
  readonly ms: number;
  /** Whether an address was told by `X-Forwarded-For`, and whether it was taken. */
  readonly forwarded: "believed" | "not-believed" | "none";
}

export interface Instance {
  worker: WorkerState;
  /** Fires when this process was told to end: nobody is to be sent here any more. */
  readonly ending: AbortController;
  /** Fires when it does not listen any more: whoever holds a connection for long goes elsewhere. */
  readonly leaving: AbortController;
  /** Called for every answer, where somebody wants to know of each. */
  answered: ((answer: Answered) => void) | null;
  /** What is to come to an end with the answers that are under way, and what after them. */
  readonly finish: { work(): Promise<void>; connections(): Promise<void> };
}

export const instance = perProcess<Instance>("instance", () => ({
  worker: "off",
  ending: new AbortController(),
  leaving: new AbortController(),
  answered: null,
  finish: { work: async () => {}, connections: async () => {} },
}));
