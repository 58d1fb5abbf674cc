import "server-only";
import { parse } from "range-parser";
import { byteStream, stretchOf } from "../use-cases/messages/byte-stream.ts";
import type { AttachmentContent } from "../use-cases/messages/read-attachment.ts";
import { dispositionOf, type Served } from "./answer-outcome.ts";
import { noteLength } from "./visit.ts";

/**
 * A file as an answer: all of it, or the one stretch that was asked for. Gmail gives attachments only from their beginning, so a
 * stretch is read from there and what precedes it dropped: it costs time, never memory. Of a file whose size is not known
 * beforehand, and of several stretches, all of it is given, as RFC 9110 lets a server do.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-14
 */
export function serveFile(file: AttachmentContent, asked: Headers): Served {
  const { filename, shownType, bytes, sizeBytes: size, etag } = file;
  const headers = {
    "content-type": shownType ?? "application/octet-stream",
    "content-disposition": dispositionOf(filename, shownType === null ? "attachment" : "inline"),
  };
  if (size === null) return { body: byteStream(bytes), headers };
  const unchanged = "private, no-store, no-transform";
  const ranged = { ...headers, etag, "accept-ranges": "bytes", "cache-control": unchanged };
  const range = rangeIn(asked, etag, size);
  if (range === "unsatisfiable") {
    // Nobody wants the bytes that have begun to come.
    const body = byteStream(stretchOf(bytes, { start: 0, end: 0, size }));
    return { status: 416, body, headers: { ...ranged, "content-range": `bytes */${size}` } };
  }
  const { start, end } = range ?? { start: 0, end: size };
  noteLength(end - start);
  return {
    ...(range && { status: 206 }),
    body: byteStream(stretchOf(bytes, { start, end, size })),
    headers: {
      ...ranged,
      ...(range && { "content-range": `bytes ${start}-${end - 1}/${size}` }),
    },
  };
}

interface Stretch {
  readonly start: number;
  /** After the last byte. */
  readonly end: number;
}

/** The parser's bit for what is no range at all, which is passed over. */
const malformed = 1;

function rangeIn(asked: Headers, etag: string, size: number): Stretch | "unsatisfiable" | null {
  const [range, condition] = [asked.get("range"), asked.get("if-range")];
  // A date is never the validator of ours.
  if (range === null || (condition !== null && condition !== etag)) return null;
  const { code, type, ranges } = parse(size, range);
  const [only, ...others] = ranges;
  if (type !== "bytes" || (code & malformed) !== 0) return null;
  if (!only) return "unsatisfiable";
  return others.length === 0 ? { start: only.start, end: only.end + 1 } : null;
}
