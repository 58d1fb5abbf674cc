import "server-only";
import { perProcess } from "../../domain/per-process.ts";

/** Ends a stream that another has come for. */
type Replace = () => void;

/** Each browser holds one; eight are enough for every device that shares a session, which none should. */
const atMost = 8;

// Of this process: a session that is served by several may hold so many at each.
const opened = perProcess("streams", () => new Map<string, Set<Replace>>());

/** How many streams stand open for a session, for tests and for whoever wonders. */
export const openStreams = (sessionId: string): number => opened().get(sessionId)?.size ?? 0;

/** The same of all sessions in this process. */
export const openStreamsOfAll = (): number =>
  opened()
    .values()
    .reduce((sum, { size }) => sum + size, 0);

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
