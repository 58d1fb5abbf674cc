import { parseBatchAnswer } from "./batch-answer.ts";
import { BATCH_SIZE } from "./batch-request.ts";
import { GmailError, malformedAnswer, reachOf } from "./gmail-error.ts";
import { judgeAnswer, type WireAnswer } from "./judge-answer.ts";
import type { Attempt, Operation } from "./operation.ts";
import type { GmailMethod } from "./quota-units.ts";

/** What became of one call of a batch. */
export type BatchOutcome<T> =
  | { readonly status: "found"; readonly value: T }
  | { readonly status: "gone" }
  | { readonly status: "failed"; readonly error: GmailError };

export interface BatchReading<T> {
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
export async function readByBatch<T>(
  operation: Operation,
  reading: BatchReading<T>,
): Promise<BatchOutcome<T>[]> {
  const outcomes: BatchOutcome<T>[] = [];
  let givenUp: GmailError | null = null;
  for (let start = 0; start < reading.paths.length; start += BATCH_SIZE) {
    const paths = reading.paths.slice(start, start + BATCH_SIZE);
    const settled: Settled<T> = new Map();
    const error: GmailError | null =
      givenUp ?? (await readOneBatch(operation, { ...reading, paths }, settled));
    // When not one part of a batch came through, the next batch would only wait as long for the same.
    if (error && settled.size === 0) givenUp = error;
    const missing = error ?? malformedAnswer(reading.method, "part left out of a batch");
    outcomes.push(
      ...paths.map((_, index) => settled.get(index) ?? ({ status: "failed", error: missing } as const)),
    );
  }
  return outcomes;
}

type Settled<T> = Map<number, BatchOutcome<T>>;

/** Fills `settled` by place in `reading.paths`; gives the passing error that is left at the end, if there is one. */
async function readOneBatch<T>(
  operation: Operation,
  reading: BatchReading<T>,
  settled: Settled<T>,
): Promise<GmailError | null> {
  try {
    await operation.read(reading.method, async (attempt) => {
      const open = [...reading.paths.keys()].filter((index) => !settled.has(index));
      const answer = await reading.send(
        attempt,
        open.flatMap((index) => reading.paths[index] ?? []),
      );
      const round = processBatchAnswer(answer, open.length, reading.process);
      for (const [place, outcome] of round.settled) {
        const index = open[place];
        if (index !== undefined) settled.set(index, outcome);
      }
      if (round.retry) throw round.retry;
    });
    return null;
  } catch (error) {
    if (error instanceof GmailError && reachOf(error.code) === "passing") return error;
    throw error;
  }
}

/**
 * Judges the answer to one batch of `count` calls: what is settled, and the error of those that are worth another try.
 * A part with 401 is such an error too, which makes the operation renew its token.
 * @throws GmailError when the batch as a whole was refused, or a part was for a reason that is not its own
 */
export function processBatchAnswer<T>(
  answer: WireAnswer,
  count: number,
  process: (part: WireAnswer) => T,
): { settled: Map<number, BatchOutcome<T>>; retry: GmailError | null } {
  const text = typeof answer.data === "string" ? answer.data : "";
  const refused = judgeAnswer({ ...answer, data: parseJson(text) });
  if (refused?.code === "not-found")
    throw malformedAnswer(answer.method, "no batch endpoint here", answer.status);
  if (refused) throw refused;

  const settled = new Map<number, BatchOutcome<T>>();
  const retry: GmailError[] = [];
  const parts = parseBatchAnswer(answer.headers.get("content-type") ?? "", text);
  for (let index = 0; index < count; index += 1) {
    const part = parts.get(index);
    const outcome = part
      ? outcomeOf({ method: answer.method, ...part, data: parseJson(part.body) }, process)
      : failed(malformedAnswer(answer.method, "part left out of a batch"));
    if (outcome.status !== "failed" || reachOf(outcome.error.code) === "this-read")
      settled.set(index, outcome);
    else retry.push(outcome.error);
  }
  return { settled, retry: gravest(retry) };
}

function outcomeOf<T>(part: WireAnswer, process: (part: WireAnswer) => T): BatchOutcome<T> {
  try {
    return { status: "found", value: process(part) };
  } catch (error) {
    if (!(error instanceof GmailError)) throw error;
    return error.code === "not-found" ? { status: "gone" } : failed(error);
  }
}

function failed(error: GmailError) {
  return { status: "failed", error } as const;
}

/** One error to speak for all that failed: what ends the operation first, then the longest wait asked for. */
function gravest(errors: readonly GmailError[]): GmailError | null {
  const ending = errors.find((error) => reachOf(error.code) === "every-read");
  const limited = errors.filter((error) => error.code === "rate-limited");
  const slowest = limited.toSorted((a, b) => (b.retryAfterMs ?? 0) - (a.retryAfterMs ?? 0))[0];
  return ending ?? slowest ?? errors[0] ?? null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
