/**
 * Encoded words, as they are and as they should be: with colons, commas, quotes, brackets and question marks inside that the
 * standard wants encoded, and split in the middle of a character.
 * @see https://www.rfc-editor.org/rfc/rfc2047 §2, §5, §6
 */

import { decodeDeclared } from "./charset.ts";

interface EncodedWord {
  readonly charset: string;
  readonly encoding: "q" | "b";
  readonly text: string;
  /** After its last character. */
  readonly end: number;
}

/** No honest word is longer: the standard allows 75 characters, mail programs a whole subject. */
const wordLimit = 2_000;
const beginningPattern = /=\?([\w.:+-]{1,40}(?:\*[\w-]{0,40})?)\?([qb])\?/iuy;
const base64 = /[\w+/=-]*[ \t]?\?=/uy;
/** What may follow a word's end. A question mark before "=20" is one of the text. */
const boundary = /^(?:$|[\s"'<>(),;:.!/\]|-]|=\?)/u;
/** With spaces in it, a word may hold nothing that gives an address list its shape: it could swallow an address. */
const shapesLists = /[<>@",;:()]/u;

/** The encoded word that begins at `at`, or null. Takes time in proportion to {@link wordLimit} at most. */
export function encodedWordAt(value: string, at: number): EncodedWord | null {
  if (value.charCodeAt(at) !== 0x3d || value.charCodeAt(at + 1) !== 0x3f) return null;
  beginningPattern.lastIndex = at;
  const beginning = beginningPattern.exec(value);
  if (beginning === null) return null;
  const [start, charset = ""] = [at + beginning[0].length, beginning[1]];
  if (beginning[2]?.toLowerCase() === "b") {
    base64.lastIndex = start;
    const text = base64.exec(value.slice(0, start + wordLimit))?.[0];
    if (text === undefined) return null;
    return { charset, encoding: "b", text: text.slice(0, -2), end: start + text.length };
  }
  const end = endOfQ(value, start);
  if (end === null) return null;
  const text = value.slice(start, end - 2);
  if (/\s/u.test(text) && shapesLists.test(text)) return null;
  return { charset, encoding: "q", text, end };
}

/** After the "?=" that ends a word: the first with a boundary behind it, or else the first. Not beyond the next word. */
function endOfQ(value: string, start: number): number | null {
  const soon = value.indexOf("?=", start);
  if (soon === -1 || soon - start > wordLimit) return null;
  const isPlain = !value.slice(start, soon).includes("=?") && boundary.test(value.slice(soon + 2, soon + 4));
  if (isPlain) return soon + 2;
  const within = value.slice(start, start + wordLimit);
  const next = within.search(/=\?[\w.:+*-]{1,40}\?[qb]\?/iu);
  const inside = next === -1 ? within : within.slice(0, next);
  let first: number | null = null;
  for (let at = inside.indexOf("?="); at !== -1; at = inside.indexOf("?=", at + 1)) {
    if (boundary.test(within.slice(at + 2, at + 4))) return start + at + 2;
    first ??= start + at + 2;
  }
  return first;
}

/** The text with its encoded words decoded; the space between two of them goes. Promises not to throw. */
export function decodeEncodedWords(value: string): string {
  let decoded = "";
  let from = 0;
  // Bytes of words that stand together are decoded together: they may have been split within a character.
  let charset: string | null = null;
  let bytes: Uint8Array[] = [];
  const flush = () => {
    if (charset !== null) decoded += decodeDeclared(Buffer.concat(bytes), charset);
    charset = null;
    bytes = [];
  };
  for (let at = value.indexOf("=?"); at !== -1; at = value.indexOf("=?", at)) {
    const word = encodedWordAt(value, at);
    if (word === null) {
      at += 2;
      continue;
    }
    const between = value.slice(from, at);
    const isNext = charset !== null && between.trim() === "";
    if (!isNext || charset !== word.charset.toLowerCase()) flush();
    if (!isNext) decoded += between;
    charset = word.charset.toLowerCase();
    bytes.push(bytesOf(word));
    from = word.end;
    at = word.end;
  }
  flush();
  return decoded + value.slice(from);
}

function bytesOf({ encoding, text }: EncodedWord): Uint8Array {
  if (encoding === "b") return Buffer.from(text.replaceAll("=", ""), "base64");
  // Letters that were not encoded at all are taken as they stand.
  const pieces = text.replaceAll("_", " ").split(/(=[\da-f]{2})/iu);
  return Buffer.concat(
    pieces.map((piece, at) =>
      at % 2 === 1 ? Buffer.from(piece.slice(1), "hex") : Buffer.from(piece, "utf8"),
    ),
  );
}
