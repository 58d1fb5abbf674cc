/**
 * The headers at the beginning of a message's source, as they were sent: in their order, with their folds.
 * @see https://www.rfc-editor.org/rfc/rfc5322 §2.2
 */

import type { Header } from "../../domain/mail.ts";

export interface HeaderBlock {
  /** A line that is no header has an empty name. */
  readonly headers: readonly Header[];
  /** Whether their end is in what was read. */
  readonly isWhole: boolean;
}

/** A header's name may be any visible character but a colon. */
const headerLine = /^([!-9;-~]+)[ \t]*:[ \t]?(.*)$/su;

/** @param beginning bytes from the start of the source */
export function readHeaderBlock(beginning: Uint8Array): HeaderBlock {
  const end = endOfHeaders(beginning);
  const text = sourceText(beginning.subarray(0, end ?? beginning.length)).replace(/\r$/u, "");
  const fields = text.split(/\r?\n(?![ \t])/u).filter((line) => line.trim() !== "");
  const headers = fields.map((field) => {
    const [, name = "", value = field] = headerLine.exec(field) ?? [];
    return { name, value };
  });
  return { headers, isWhole: end !== null };
}

const lf = 0x0a;
const cr = 0x0d;

/** Where the empty line is that ends the headers, in bytes; null when there is none. */
export function endOfHeaders(bytes: Uint8Array): number | null {
  for (let at = bytes.indexOf(lf); at !== -1; at = bytes.indexOf(lf, at + 1)) {
    const next = bytes[at + 1] === cr ? at + 2 : at + 1;
    if (bytes[next] === lf) return at;
  }
  return null;
}

/** Where bytes are written as U+DC80 to U+DCFF that are no UTF-8. They are half a character: `toWellFormed` replaces them. */
const strayBytes = 0xdc00;

/** A source as text: as UTF-8, line by line; each byte of a line that is none stands for itself. No byte is lost. */
export function sourceText(bytes: Uint8Array): string {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  for (let from = 0; from < bytes.length; ) {
    const feed = bytes.indexOf(lf, from);
    const end = feed === -1 ? bytes.length : feed + 1;
    const line = bytes.subarray(from, end);
    try {
      text += decoder.decode(line);
    } catch {
      // Another charset: the headers, or nobody, say which.
      for (const byte of line) text += String.fromCharCode(byte < 0x80 ? byte : strayBytes + byte);
    }
    from = end;
  }
  return text;
}
