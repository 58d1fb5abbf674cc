/** Work that has failed, or was of no use, waits longer each time. */
export interface Distance {
  readonly firstMs: number;
  readonly factor: number;
  readonly longestMs: number;
}

/** How long to wait after so many times in a row, in milliseconds; `firstMs` after the first. */
export const distanceMs = ({ firstMs, factor, longestMs }: Distance, times: number): number =>
  Math.min(longestMs, firstMs * factor ** Math.max(0, Math.min(times, 50) - 1));

/** A list that is shorter than Gmail's own count is asked for again: the first time at once. */
export const doubtful: Distance = { firstMs: 1, factor: 10, longestMs: 6 * 3_600_000 };
