/** How the serving process ends: so that nobody notices, and in nine seconds whatever hangs. */
import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { instance } from "../telemetry/instance.ts";

/** How long ending may take, in ms. Supervisors wait ten seconds, as a rule, before they kill. */
const longestMs = 9_000;
/** How much of that is left for closing connections to the database, in ms. */
const closingMs = 500;
const lookAgainMs = 50;

export interface EndWellOptions {
  readonly server: Server;
  /** How long requests are still taken after readiness has said no. */
  readonly drainMs: number;
  /** Ends the process. */
  readonly exit: () => void;
}

/**
 * Readiness says no at once; after `drainMs` nothing new is taken. What is under way is answered, jobs finish or are handed
 * back, and open streams are told to go elsewhere.
 */
export async function endWell({ server, drainMs, exit }: EndWellOptions): Promise<void> {
  setTimeout(exit, longestMs);
  const endsAtMs = performance.now() + longestMs - closingMs;
  const left = (): number => Math.max(0, endsAtMs - performance.now());
  const { ending, leaving, finish } = instance();
  ending.abort();
  const worked = finish.work();
  await sleep(Math.min(drainMs, left()));
  const answered = new Promise((resolve) => server.close(resolve));
  leaving.abort();
  // A connection that is kept alive is idle only once its answer is whole.
  const idle = setInterval(() => server.closeIdleConnections(), lookAgainMs);
  await Promise.race([Promise.allSettled([answered, worked]), sleep(left())]);
  clearInterval(idle);
  await Promise.race([finish.connections(), sleep(closingMs)]);
  exit();
}

/** Calls `end` once: when a signal says so, or when npm, which does not hand on every end, is there no more. */
export function whenToldToEnd(end: (why: string) => void): void {
  let told = false;
  const tell = (why: string) => {
    // A terminal or a container signals every process of a group: the second signal is no second order.
    if (!told) end(why);
    told = true;
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, tell);
  const started = startedBy();
  if (process.env.npm_lifecycle_event)
    setInterval(() => startedBy() !== started && tell("npm has ended"), 500).unref();
}

/** Who started this process; where that is a shell, which may stand between npm and us and outlive npm, also who started it. */
function startedBy(): string {
  try {
    const parent = readFileSync(`/proc/${process.ppid}/stat`, "latin1");
    // The name, in parentheses, may hold anything.
    const [, name = "", rest = ""] = /^\d+ \(([\s\S]*)\) \S+ (\d+)/.exec(parent) ?? [];
    return /^(ba|da|a|k|z)?sh$|^busybox$/.test(name) ? `${process.ppid} ${rest}` : String(process.ppid);
  } catch {
    return String(process.ppid); // Not Linux, or just gone.
  }
}
