import { parseBatchAnswer } from "./batch-format.ts";
import { GmailError, malformedAnswer, reachOf } from "./gmail-error.ts";
import { judgeAnswer, type WireAnswer } from "./read-answer.ts";

/** What became of one call of a batch. */
export type BatchOutcome<T> =
  | { readonly status: "found"; readonly value: T }
  | { readonly status: "gone" }
  | {
      readonly status: "failed";
      readonly error: GmailError;
      /** Whether Gmail answered this very call so, rather than the batch as a whole, or not at all. */
      readonly own: boolean;
    };

/** What one round of a batch has brought. */
export interface BatchRound<T> {
  readonly settled: ReadonlyMap<number, BatchOutcome<T>>;
  /** What Gmail answered to those that may be asked for again. */
  readonly refused: ReadonlyMap<number, GmailError>;
  /** One error to speak for all that is not settled. */
  readonly retry: GmailError | null;
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
): BatchRound<T> {
  const text = typeof answer.data === "string" ? answer.data : "";
  // Only a refusal is JSON: a batch that was taken is not, and large.
  const refused = judgeAnswer(answer) && judgeAnswer({ ...answer, data: parseJson(text) });
  if (refused?.code === "not-found")
    throw malformedAnswer(answer.method, "no batch endpoint here", answer.status);
  if (refused) throw refused;

  const settled = new Map<number, BatchOutcome<T>>();
  const open: GmailError[] = [];
  const own = new Map<number, GmailError>();
  const parts = parseBatchAnswer(answer.headers.get("content-type") ?? "", text);
  for (let index = 0; index < count; index += 1) {
    const part = parts.get(index);
    const outcome = part
      ? outcomeOf({ method: answer.method, ...part, data: parseJson(part.body) }, process)
      : failed(malformedAnswer(answer.method, "part left out of a batch"), false);
    if (outcome.status !== "failed" || reachOf(outcome.error.code) === "this-read")
      settled.set(index, outcome);
    else {
      open.push(outcome.error);
      if (outcome.own) own.set(index, outcome.error);
    }
  }
  return { settled, refused: own, retry: gravest(open) };
}

function outcomeOf<T>(part: WireAnswer, process: (part: WireAnswer) => T): BatchOutcome<T> {
  try {
    return { status: "found", value: process(part) };
  } catch (error) {
    if (!(error instanceof GmailError)) throw error;
    return error.code === "not-found" ? { status: "gone" } : failed(error, true);
  }
}

function failed(error: GmailError, own: boolean) {
  return { status: "failed", error, own } as const;
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
