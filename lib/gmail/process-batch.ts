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

/** One answer out of a batch; `body` is text, JSON if all went well. */
interface BatchPart {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * Takes a batch's answer apart: its parts by the place of the call they answer, in whatever order they came.
 * What cannot be read, has no known Content-ID or was cut off is left out, for the caller to miss.
 * @param contentType the answer's Content-Type, which names the boundary
 * @see https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1
 */
export function parseBatchAnswer(contentType: string, text: string): Map<number, BatchPart> {
  const parts = new Map<number, BatchPart>();
  const boundary = boundaryOf(contentType);
  if (boundary === null) return parts;
  for (const chunk of chunksBetween(boundary, text)) {
    const outer = splitHead(chunk);
    const index = indexOf(outer.headers.get("content-id"));
    const inner = /^\s*HTTP\/[\d.]+ (\d{3})[^\n]*(?:\n|$)/.exec(outer.body);
    if (index === null || inner === null || parts.has(index)) continue;
    const { headers, body } = splitHead(outer.body.slice(inner[0].length));
    parts.set(index, { status: Number(inner[1]), headers, body });
  }
  return parts;
}

function boundaryOf(contentType: string): string | null {
  const match = /^\s*multipart\/[^;]+;(?:.*;)?\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.)+)"|([^\s;"]+))/is.exec(
    contentType,
  );
  return match?.[1]?.replace(/\\(.)/g, "$1") ?? match?.[2] ?? null;
}

/**
 * What stands between two delimiter lines. A part counts only when another delimiter follows it: the last one of
 * an answer that was cut off may look whole. Line ends become `\n`, which is the same to headers and to JSON.
 */
function chunksBetween(boundary: string, text: string): string[] {
  const chunks: string[] = [];
  let lines: string[] | null = null;
  for (const line of text.split(/\r?\n/)) {
    const delimiter = line.replace(/[ \t]+$/, "");
    const closing = delimiter === `--${boundary}--`;
    if (closing || delimiter === `--${boundary}`) {
      if (lines) chunks.push(lines.join("\n"));
      lines = [];
      if (closing) break;
    } else {
      lines?.push(line);
    }
  }
  return chunks;
}

/** Header lines up to the first empty one, and what follows; a text without an empty line is all head. */
function splitHead(text: string): { headers: Headers; body: string } {
  const end = text.startsWith("\n") ? 0 : text.indexOf("\n\n");
  const head = end < 0 ? text : text.slice(0, end);
  const headers = new Headers();
  for (const line of head.replace(/\n[ \t]+/g, " ").split("\n")) {
    const field = /^([\w-]+)[ \t]*:[ \t]*([\x20-\x7e\t]*)$/.exec(line);
    if (field) headers.append(field[1] ?? "", field[2] ?? "");
  }
  return { headers, body: end < 0 ? "" : text.slice(head === "" ? 1 : end + 2) };
}

/** `<response-item-7>`, with or without its brackets and prefix. */
function indexOf(contentId: string | null): number | null {
  const match = /^<?(?:response-)?item-(\d{1,4})>?$/i.exec(contentId?.trim() ?? "");
  return match ? Number(match[1]) : null;
}
