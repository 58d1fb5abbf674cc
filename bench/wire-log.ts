/** One HTTP request as the local Google saw it: from its headers' arrival to the last byte handed over. */
export interface WireCall {
  /** Method and path, without the query. */
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  /** The client's port: equal for calls that shared a connection. */
  readonly connection: number;
}

/**
 * How many calls came one after another: the longest sequence in which each began after the one before had ended.
 * Calls that overlap count as one, so n calls side by side are a depth of 1.
 */
export function depthOf(calls: readonly WireCall[]): number {
  let depth = 0;
  let freeAtMs = Number.NEGATIVE_INFINITY;
  for (const call of calls.toSorted((a, b) => a.endMs - b.endMs)) {
    if (call.startMs < freeAtMs) continue;
    depth += 1;
    freeAtMs = call.endMs;
  }
  return depth;
}

export const connectionsOf = (calls: readonly WireCall[]): number =>
  new Set(calls.map(({ connection }) => connection)).size;

/** For how long at least one call was under way. */
export function underWayMs(calls: readonly WireCall[]): number {
  let sumMs = 0;
  let untilMs = Number.NEGATIVE_INFINITY;
  for (const { startMs, endMs } of calls.toSorted((a, b) => a.startMs - b.startMs)) {
    sumMs += Math.max(0, endMs - Math.max(startMs, untilMs));
    untilMs = Math.max(untilMs, endMs);
  }
  return sumMs;
}
