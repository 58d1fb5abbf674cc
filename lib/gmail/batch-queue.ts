import { setImmediate as breathe } from "node:timers/promises";
import { abortable } from "../domain/abortable.ts";
import { perProcess } from "../domain/per-process.ts";

interface QueuedBatch {
  /** Settles when the batch is over. */
  readonly done: Promise<void>;
  /** Settles when the batch's request is on its way, or the batch is over without one. */
  readonly sent: Promise<void>;
}

/** A request passes through the library and the socket before its first byte leaves. */
const ticksToLeave = 4;

// Pages and jobs share one mailbox.
const lastBatches = perProcess("batch-queue", () => new Map<unknown, QueuedBatch>());

/**
 * Runs tasks with the same key one after the other, in the order they were asked for. Gmail runs the calls of a batch
 * side by side and refuses some with 429 when one user has too many; two batches at once would be too many. Within this
 * process only: batches of other processes are answered with 429 at times, and repeated. Leaves the queue when `signal`
 * fires.
 * The next task starts before the results of this one are computed, so that Gmail is not kept waiting by computing.
 * @param task calls `sent` when its request is on its way
 */
export async function queueBatch<T>(
  key: unknown,
  signal: AbortSignal,
  task: (sent: () => void) => Promise<T>,
): Promise<T> {
  const last = lastBatches();
  const before = last.get(key)?.done ?? Promise.resolve();
  const [leaving, sending] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const batch: QueuedBatch = { done: before.then(() => leaving.promise), sent: sending.promise };
  last.set(key, batch);
  try {
    await abortable(before, signal);
    return await task(sending.resolve);
  } finally {
    sending.resolve();
    leaving.resolve();
    const next = last.get(key);
    if (next === batch) last.delete(key);
    else if (next) {
      await next.sent;
      for (let tick = 0; tick < ticksToLeave; tick += 1) await breathe();
    }
  }
}
