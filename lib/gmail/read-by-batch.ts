import { setImmediate as breathe } from "node:timers/promises";
import { abortable } from "../domain/abortable.ts";
import { perProcess } from "../domain/per-process.ts";
import { GmailError, malformedAnswer, reachOf } from "./gmail-error.ts";
import type { Attempt, Operation } from "./operation.ts";
import { type BatchOutcome, processBatchAnswer } from "./process-batch.ts";
import type { GmailMethod } from "./quota-units.ts";
import type { WireAnswer } from "./read-answer.ts";

/**
 * Most calls in one batch. Google allows 100, but runs them side by side and refuses some of them with 429 when
 * one user has too many at a time: 25 at once, batch after batch, is what a mailbox bears.
 */
export const batchSize = 25;

export interface BatchCall<T> {
  readonly method: GmailMethod;
  readonly paths: readonly string[];
  /** Sends the calls with these paths as one batch. */
  send(attempt: Attempt, paths: readonly string[]): Promise<WireAnswer>;
  /** Judges one part; throws a {@link GmailError} when it cannot be used. */
  process(part: WireAnswer): T;
}

/**
 * Reads by batches of 25, one after the other; of each, what failed in passing is asked for again, alone.
 * Gives one outcome for each path, in their order: a call that was never answered is "failed", not missing.
 * @throws GmailError for what would meet every call: a dead token, a missing scope, an abort, a malformed request
 */
export async function readByBatch<T>(operation: Operation, call: BatchCall<T>): Promise<BatchOutcome<T>[]> {
  const outcomes: BatchOutcome<T>[] = [];
  let givenUp: GmailError | null = null;
  for (let start = 0; start < call.paths.length; start += batchSize) {
    const paths = call.paths.slice(start, start + batchSize);
    const settled: Settled<T> = new Map();
    const refused: Refused = new Map();
    const error: GmailError | null =
      givenUp ?? (await readOneBatch(operation, { ...call, paths }, settled, refused));
    // When not one part of a batch came through, the next batch would only wait as long for the same.
    if (error && settled.size === 0) givenUp = error;
    const missing = error ?? malformedAnswer(call.method, "part left out of a batch");
    outcomes.push(...paths.map((_, index) => settled.get(index) ?? failed(refused.get(index), missing)));
  }
  return outcomes;
}

function failed(own: GmailError | undefined, otherwise: GmailError) {
  // A pause that was asked for is all calls' alike: the longest counts.
  const error = own === undefined || own.code === "rate-limited" ? otherwise : own;
  return { status: "failed", error, own: own !== undefined } as const;
}

type Settled<T> = Map<number, BatchOutcome<T>>;
type Refused = Map<number, GmailError>;

/**
 * Fills `settled`, and `refused` with what Gmail last said to the rest, by place in `reading.paths`; gives the passing error
 * that is left at the end, if there is one.
 */
async function readOneBatch<T>(
  operation: Operation,
  call: BatchCall<T>,
  settled: Settled<T>,
  refused: Refused,
): Promise<GmailError | null> {
  try {
    await operation.read(call.method, async (attempt) => {
      refused.clear();
      const open = [...call.paths.keys()].filter((index) => !settled.has(index));
      const answer = await call.send(
        attempt,
        open.flatMap((index) => call.paths[index] ?? []),
      );
      const round = processBatchAnswer(answer, open.length, call.process);
      for (const [place, outcome] of round.settled) {
        const index = open[place];
        if (index !== undefined) settled.set(index, outcome);
      }
      for (const [place, error] of round.refused) {
        const index = open[place];
        if (index !== undefined) refused.set(index, error);
      }
      if (round.retry) throw round.retry;
    });
    return null;
  } catch (error) {
    if (error instanceof GmailError && reachOf(error.code) === "passing") return error;
    throw error;
  }
}

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
