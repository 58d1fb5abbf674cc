/** How long a job may work before it lets others have their turn, and whether it is still wanted at all. */
export interface Turn {
  readonly signal: AbortSignal;
  isOver(): boolean;
}

/** What a turn has come to. */
export type Step =
  | { readonly done: true }
  /** There is more to do, in so many milliseconds. */
  | { readonly done: false; readonly waitMs: number };

export function turnOf(lengthMs: number, signal: AbortSignal): Turn {
  const endsAt = performance.now() + lengthMs;
  return { signal, isOver: () => signal.aborted || performance.now() >= endsAt };
}
