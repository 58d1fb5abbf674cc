import { FieldStream } from "./field-stream.ts";
import { GmailError, malformedAnswer } from "./gmail-error.ts";
import { gmailErrorOf } from "./gmail-error-of.ts";
import { judgeAnswer, requireJson, type WireAnswer } from "./read-answer.ts";

/** Bytes as they come from Gmail, decoded. Ends with a {@link GmailError} when the answer breaks off. */
export interface Download extends AsyncIterable<Uint8Array> {
  /** How many bytes there will be, where the answer says so before they come. */
  readonly sizeBytes: number | null;
}

/** As much of an error's answer as is read for its reason. */
const reasonLimit = 65_536;

/**
 * The bytes in one field of an answer that is still coming. Waits for the first of them: until then an error is thrown here,
 * where it can still be mended.
 * @param answer whose `data` is the stream of its bytes
 * @throws GmailError
 */
export async function processDownload(answer: WireAnswer, field: "raw" | "data"): Promise<Download> {
  const source = answer.data as AsyncIterable<Uint8Array>;
  if (answer.status < 200 || answer.status >= 300) {
    throw judgeAnswer({ ...answer, data: await reasonIn(source) });
  }
  const stream = new FieldStream(field);
  const decoded = decodedFrom(answer, source, field, stream);
  const first = await decoded.next();
  return Object.assign(continued(first, decoded), { sizeBytes: sizeIn(stream.around) });
}

/** @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages.attachments */
function sizeIn(around: string): number | null {
  const size = /^\s*\{\s*"size"\s*:\s*(\d{1,12})\b/u.exec(around)?.[1];
  return size === undefined ? null : Number(size);
}

/** No generator: one that is left before it began would not let go of the answer. */
function continued(
  first: IteratorResult<Uint8Array, void>,
  rest: AsyncGenerator<Uint8Array, void>,
): AsyncIterableIterator<Uint8Array, void> {
  let isBegun = false;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      if (isBegun) return rest.next();
      isBegun = true;
      return Promise.resolve(first);
    },
    return: () => rest.return(),
  };
}

async function* decodedFrom(
  answer: WireAnswer,
  source: AsyncIterable<Uint8Array>,
  field: "raw" | "data",
  stream: FieldStream,
): AsyncGenerator<Uint8Array, void> {
  try {
    for await (const bytes of source) {
      const decoded = stream.feed(bytes);
      if (decoded.length > 0) yield decoded;
    }
  } catch (error) {
    if (error instanceof RangeError) throw malformedAnswer(answer.method, "unusable answer", answer.status);
    throw asGmailError(answer.method, error);
  }
  requireWhole(answer, stream, field);
}

/** The answer has ended: it is whole, and has the field unless there is nothing to put in it. */
function requireWhole(answer: WireAnswer, { around, isFound }: FieldStream, field: string): void {
  const json = requireJson({ ...answer, data: parsed(around) });
  // An empty attachment has a size of 0 and no data.
  const isEmpty = field === "data" && json.data === undefined && json.size === 0;
  if (!isFound && !isEmpty) throw malformedAnswer(answer.method, `answer without ${field}`, answer.status);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // Not JSON, or not all of it: `requireJson` says so.
  }
}

async function reasonIn(source: AsyncIterable<Uint8Array>): Promise<unknown> {
  let text = "";
  for await (const bytes of source) {
    text += Buffer.from(bytes).toString("utf8");
    if (text.length > reasonLimit) break;
  }
  return parsed(text);
}

/** A stream that breaks is no answer; what the HTTP client did not throw itself stays what it is. */
function asGmailError(method: string, error: unknown): unknown {
  if (error instanceof GmailError) return error;
  const judged = gmailErrorOf(method, error);
  if (judged instanceof GmailError) return judged;
  const code =
    error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "broken-off";
  return new GmailError("unavailable", `Gmail ${method}: the answer broke off (${code})`, { reason: code });
}
