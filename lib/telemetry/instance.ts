/**
 * The state of this process. The front door, every bundle of Next's and the jobs see the same object, so it hangs on
 * the process (see `perProcess`) and imports nothing else.
 */

import { perProcess } from "../domain/per-process.ts";

/** `off` where this instance only serves; `stopped` from a failure until it works again. */
export type WorkerState = "off" | "starting" | "working" | "stopped";

export interface Answered {
  readonly method: string;
  /** The path without its query, which may hold a search. */
  readonly path: string;
  readonly status: number;
  readonly ms: number;
  /** Whether an address was told by `X-Forwarded-For`, and whether it was taken. */
  readonly forwarded: "believed" | "not-believed" | "none";
}

export interface Instance {
  worker: WorkerState;
  /** Fires when this process is told to end: no new visitor is to be sent here. */
  readonly ending: AbortController;
  /** Fires when this process takes no more requests: long-lived connections go elsewhere. */
  readonly leaving: AbortController;
  /** Called for every answer; null while nobody counts them. */
  answered: ((answer: Answered) => void) | null;
  /** What ends while the last answers are finished (work), and what after them (connections). */
  readonly finish: { work(): Promise<void>; connections(): Promise<void> };
}

export const instance = perProcess<Instance>("instance", () => ({
  worker: "off",
  ending: new AbortController(),
  leaving: new AbortController(),
  answered: null,
  finish: { work: async () => {}, connections: async () => {} },
}));
