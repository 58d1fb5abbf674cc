import { parseBatchAnswer } from "./batch-answer.ts";
import { GmailError, malformedAnswer, reachOf } from "./gmail-error.ts";
import { judgeAnswer, type WireAnswer } from "./judge-answer.ts";

/** What became of one call of a batch. */
export type BatchOutcome<T> =
  | { readonly status: "found"; readonly value: T }
  | { readonly status: "gone" }
  | { readonly status: "failed"; readonly error: GmailError };

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
  // Only a refusal is JSON: a batch that was taken is not, and large.
  const refused = judgeAnswer(answer) && judgeAnswer({ ...answer, data: parseJson(text) });
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
