import { abortable } from "./abortable.ts";

const lastTurns = new Map<unknown, Promise<void>>();

/**
 * Runs tasks with the same key one after the other, in the order they asked. Gmail runs the calls of a batch
 * side by side and refuses some with 429 when one user has too many; two batches at once would be too many.
 * Within this process only: other instances are met with retries. Leaves the queue when `signal` fires.
 */
export async function takeTurn<T>(key: unknown, signal: AbortSignal, task: () => Promise<T>): Promise<T> {
  const before = lastTurns.get(key) ?? Promise.resolve();
  const { promise: done, resolve: leave } = Promise.withResolvers<void>();
  const turn = before.then(() => done);
  lastTurns.set(key, turn);
  try {
    await abortable(before, signal);
    return await task();
  } finally {
    leave();
    if (lastTurns.get(key) === turn) lastTurns.delete(key);
  }
}
