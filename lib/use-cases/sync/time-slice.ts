/** How long a job may work before it goes back into the queue, and whether it is still wanted at all. */
export interface TimeSlice {
  readonly signal: AbortSignal;
  isOver(): boolean;
}

/** What the work of a time slice has come to. */
export type Step =
  | { readonly done: true }
  /** There is more to do, in so many milliseconds. */
  | { readonly done: false; readonly waitMs: number };

export function timeSlice(lengthMs: number, signal: AbortSignal): TimeSlice {
  const endsAt = performance.now() + lengthMs;
  return { signal, isOver: () => signal.aborted || performance.now() >= endsAt };
}
