/** A file as text, whatever it says of its charset. Nothing here throws. */

import { detect } from "chardet";
import { decodeText } from "../mime/charset.ts";
import { printable } from "../mime/visible-text.ts";

export interface FileText {
  readonly text: string;
  /** The charset it was read in, as people know it. */
  readonly charset: string;
}

/** As much as tells a charset. */
const sampleBytes = 65_536;

/** The beginning of a file as text; null where it is none. @param declared by its sender */
export function fileText(bytes: Uint8Array, declared: string | null): FileText | null {
  const marked = byMark(bytes);
  if (marked === null && bytes.includes(0)) return null;
  const charset = marked ?? declared ?? guessed(bytes.subarray(0, sampleBytes));
  const text = decodeText(bytes, charset).text;
  const isUtf8 = marked === "utf-8" || (marked === null && isValidUtf8(bytes));
  return { text: printable(text), charset: isUtf8 ? "UTF-8" : charset };
}

/** @see https://encoding.spec.whatwg.org/#bom-sniff */
function byMark([first, second, third]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return first === 0xff && second === 0xfe ? "utf-16le" : null;
}

/** Where only the beginning of a file is here, its last character may be cut. */
function isValidUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: bytes.length >= sampleBytes });
    return true;
  } catch {
    return false;
  }
}

function guessed(sample: Uint8Array): string {
  if (isValidUtf8(sample)) return "utf-8";
  return isThai(sample) ? "windows-874" : (detect(sample) ?? "windows-1252");
}

/**
 * Thai is not among what the library knows. Its letters stand in runs, and leave out the bytes that the most frequent letters of
 * Cyrillic and the second bytes of Chinese, Japanese and Korean need.
 */
function isThai(sample: Uint8Array): boolean {
  let [high, runs, wasHigh] = [0, 0, false];
  for (const byte of sample) {
    const isHigh = byte >= 0xa1;
    if (byte >= 0xfc || (byte >= 0xdb && byte <= 0xde)) return false;
    if (isHigh) high += 1;
    if (isHigh && !wasHigh) runs += 1;
    wasHigh = isHigh;
  }
  return high >= 12 && high / runs >= 3;
}
