/** Work that has failed, or was of no use, waits longer each time. */
export interface Distance {
  readonly firstMs: number;
  readonly factor: number;
  readonly longestMs: number;
}

/** How long to wait after so many times in a row, in milliseconds; `firstMs` after the first. */
export const distanceMs = ({ firstMs, factor, longestMs }: Distance, times: number): number =>
  Math.min(longestMs, firstMs * factor ** Math.max(0, Math.min(times, 50) - 1));
