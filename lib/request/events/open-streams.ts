import "server-only";

/** Ends a stream that another has come for. */
type Replace = () => void;

/** Each browser holds one; eight are enough for every device that shares a session, which none should. */
const atMost = 8;

// Of this process: a session that is served by several may hold so many at each. See `database()` for globalThis.
const held = globalThis as { latchkeyStreams?: Map<string, Set<Replace>> };

/** How many streams stand open for a session, for tests and for whoever wonders. */
export const openStreams = (sessionId: string): number => held.latchkeyStreams?.get(sessionId)?.size ?? 0;

/** The same of all sessions in this process. */
export const openStreamsOfAll = (): number =>
  (held.latchkeyStreams?.values() ?? [].values()).reduce((sum, { size }) => sum + size, 0);

/**
 * Counts a stream of a session until `ended` fires. One too many, and the oldest is replaced, whichever account it tells
 * about.
 */
export function countStream(sessionId: string, ended: AbortSignal, replace: Replace): void {
  held.latchkeyStreams ??= new Map();
  const streams = held.latchkeyStreams;
  const mine = streams.get(sessionId) ?? new Set();
  streams.set(sessionId, mine.add(replace));
  ended.addEventListener("abort", () => {
    mine.delete(replace);
    if (mine.size === 0 && streams.get(sessionId) === mine) streams.delete(sessionId);
  });
  const [oldest] = mine;
  if (mine.size > atMost) oldest?.();
}
