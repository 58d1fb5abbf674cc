/**
 * Bytes to text, whatever the message claims about them. Nothing here throws.
 * @see https://www.rfc-editor.org/rfc/rfc2045 §5.1, https://encoding.spec.whatwg.org/
 */

import iconv from "iconv-lite";
import libmime from "libmime";

export interface DecodedText {
  readonly text: string;
  /** The declared name, where nobody knows it and windows-1252 was read instead. */
  readonly unknownCharset: string | null;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Names that neither library knows, and what they are a spelling of. */
const aliases: Readonly<Record<string, string>> = {
  "iso-utf-8": "utf-8",
  "unicode-1-1-utf-8": "utf-8",
  "unicode-1-1-utf-7": "utf-7",
  "x-unknown": "utf-8",
  "unknown-8bit": "utf-8",
  unknown: "utf-8",
  binary: "utf-8",
  default_charset: "utf-8",
  "x-mac-roman": "macintosh",
  "cp-850": "cp850",
  "iso-8859-8-visual": "iso-8859-8",
  "iso-8859-8-logical": "iso-8859-8",
  "x-tis-620": "tis-620",
};

/**
 * Decodes `bytes`. What is valid UTF-8 with more than ASCII in it is UTF-8, because Gmail often transcodes and keeps
 * the old declaration; otherwise the declared charset counts, and without one windows-1252.
 */
export function decodeText(bytes: Uint8Array, declared: string | null): DecodedText {
  const isAscii = bytes.every((byte) => byte < 0x80);
  if (!isAscii) {
    const text = asUtf8(bytes);
    if (text !== null) return { text, unknownCharset: null };
  }
  const name = canonicalName(declared);
  if (name === "" || (isAscii && name === "us-ascii")) return { text: westerly(bytes), unknownCharset: null };
  if (name === "utf-8") {
    // Declared so, but broken somewhere: the good characters are worth more than a guess at another charset.
    return { text: Buffer.from(bytes).toString("utf8"), unknownCharset: null };
  }
  const text = asDeclared(bytes, name);
  return text === null
    ? { text: westerly(bytes), unknownCharset: isAscii ? null : (declared ?? "").slice(0, 60) }
    : { text, unknownCharset: null };
}

/** Decodes the bytes of an encoded word: whoever wrote it names its charset, and nobody has transcoded it since. */
export function decodeDeclared(bytes: Uint8Array, declared: string): string {
  const name = canonicalName(declared);
  const isLegacy = name !== "" && name !== "utf-8" && name !== "us-ascii";
  return (isLegacy ? asDeclared(bytes, name) : null) ?? decodeText(bytes, declared).text;
}

function canonicalName(declared: string | null): string {
  const name = (declared ?? "")
    .toLowerCase()
    .replace(/[\s"']/gu, "")
    .replace(/\*.*$/u, "")
    .slice(0, 60);
  if (name === "") return "";
  return aliases[name] ?? libmime.normalizeCharset(name).toLowerCase();
}

function asUtf8(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** iconv-lite first: it knows the most; Node's own decoder has ISO-2022-JP, which it lacks. */
function asDeclared(bytes: Uint8Array, name: string): string | null {
  if (name === "us-ascii") return westerly(bytes);
  if (iconv.encodingExists(name)) return iconv.decode(Buffer.from(bytes), name);
  try {
    return new TextDecoder(name).decode(bytes);
  } catch {
    return null;
  }
}

function westerly(bytes: Uint8Array): string {
  return iconv.decode(Buffer.from(bytes), "windows-1252");
}
