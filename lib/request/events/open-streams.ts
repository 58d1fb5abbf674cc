import "server-only";
import { perProcess } from "../../domain/per-process.ts";

/** Ends a stream that another has come for. */
type Replace = () => void;

/** Most streams of a session that stand open in this process. A browser holds one. */
const atMost = 8;

// A session that several processes serve may hold as many in each of them.
const opened = perProcess("streams", () => new Map<string, Set<Replace>>());

/** How many streams stand open in this process: of one session, or of all. */
export function openStreams(sessionId?: string): number {
  const counted = sessionId === undefined ? [...opened().values()] : [opened().get(sessionId) ?? new Set()];
  return counted.reduce((sum, { size }) => sum + size, 0);
}

/**
 * Counts a stream of a session until `ended` fires. One too many, and the oldest is replaced, whichever account it tells
 * about.
 */
export function countStream(sessionId: string, ended: AbortSignal, replace: Replace): void {
  const streams = opened();
  const mine = streams.get(sessionId) ?? new Set();
  streams.set(sessionId, mine.add(replace));
  ended.addEventListener("abort", () => {
    mine.delete(replace);
    if (mine.size === 0 && streams.get(sessionId) === mine) streams.delete(sessionId);
  });
  const [oldest] = mine;
  if (mine.size > atMost) oldest?.();
}
