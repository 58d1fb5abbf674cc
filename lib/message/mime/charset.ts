/**
 * Bytes to text, whatever the message claims about them. Nothing here throws.
 * @see https://www.rfc-editor.org/rfc/rfc2045 §5.1, https://encoding.spec.whatwg.org/
 */

import iconv from "iconv-lite";
import { charsetName } from "./charset-names.ts";
import { choosesTables, decodeHz, decodeIso2022 } from "./iso-2022.ts";

export interface DecodedText {
  readonly text: string;
  /** The declared name, where nobody knows it and windows-1252 was read instead. */
  readonly unknownCharset: string | null;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** What ISO-IR 111 has from 0xA0 to 0xBF; beyond, it is KOI8-R. @see https://itscj.ipsj.or.jp/ir/111.pdf */
const isoIr111 = "\u00a0ђѓёєѕіїјљњћќ\u00adўџ№ЂЃЁЄЅІЇЈЉЊЋЌ¤ЎЏ";

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
  const name = charsetName(declared);
  if (isAscii && choosesTables(bytes) && !/^(?:iso-2022|utf-(?:7|16|32))/u.test(name)) {
    return { text: decodeIso2022(bytes, "iso-2022-jp", eightBits), unknownCharset: null };
  }
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
  const name = charsetName(declared);
  const isLegacy = name !== "" && name !== "utf-8" && name !== "us-ascii";
  return (isLegacy ? asDeclared(bytes, name) : null) ?? decodeText(bytes, declared).text;
}

function asUtf8(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** Charsets that the platform has in the form that browsers read. Those of UTF-16 it reads without looking for their order. */
const isPlatforms = (name: string) => !/^(?:utf-(?:7|16|32)|iso-2022|hz|x-user-defined)/u.test(name);

/** The platform first: it reads what browsers read; iconv-lite has what they have dropped, and what they never had. */
function asDeclared(bytes: Uint8Array, name: string): string | null {
  if (name === "us-ascii") return westerly(bytes);
  if (name.startsWith("iso-2022-")) return decodeIso2022(bytes, name, eightBits);
  if (name === "hz") return decodeHz(bytes, eightBits);
  if (name === "iso-ir-111") return cyrillic111(bytes);
  if (isPlatforms(name)) {
    try {
      return new TextDecoder(name).decode(bytes);
    } catch {
      // It has another name for it, or none.
    }
  }
  return iconv.encodingExists(name) ? iconv.decode(Buffer.from(bytes), name) : null;
}

const eightBits = (bytes: Uint8Array, charset: string) => new TextDecoder(charset).decode(bytes);

function cyrillic111(bytes: Uint8Array): string {
  const text = eightBits(bytes, "koi8-r");
  return [...text].map((letter, at) => isoIr111[(bytes[at] ?? 0) - 0xa0] ?? letter).join("");
}

const westerly = (bytes: Uint8Array): string => eightBits(bytes, "windows-1252");
