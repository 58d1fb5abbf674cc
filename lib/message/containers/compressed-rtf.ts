/**
 * The text of an Outlook message as RTF, which often holds the HTML it was made of.
 * @see https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxrtfcp
 * @see https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxrtfex
 */

import { deEncapsulateSync } from "rtf-stream-parser";
import { decodeDeclared } from "../mime/charset.ts";
import { ByteReader } from "./byte-reader.ts";

const compressed = 0x75465a4c;
const plain = 0x414c454d;
/** What both sides have seen before the first byte. */
const dictionary =
  "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
const windowSize = 4_096;
const sizeLimit = 10_000_000;

/** The RTF itself; null where it is in no form that is known. */
export function decompressRtf(bytes: Uint8Array): Buffer | null {
  const reader = new ByteReader(bytes);
  reader.skip(4);
  const size = Math.min(reader.u32(), sizeLimit);
  const form = reader.u32();
  reader.skip(4);
  if (form === plain) return Buffer.from(reader.bytes(size));
  return form === compressed ? unpacked(reader.bytes(reader.left), size) : null;
}

/** Each bit of a control byte says whether a byte follows, or a place in the window and a length. */
function unpacked(source: Uint8Array, size: number): Buffer {
  const window = Buffer.alloc(windowSize);
  let write = window.write(dictionary, "latin1");
  const out = Buffer.alloc(size);
  let length = 0;
  const put = (byte: number) => {
    window[write] = byte;
    write = (write + 1) % windowSize;
    if (length < size) out[length] = byte;
    length += 1;
  };
  for (let at = 0; at < source.length && length < size; ) {
    const control = source[at] ?? 0;
    at += 1;
    for (let bit = 0; bit < 8 && at < source.length; bit += 1) {
      if (((control >> bit) & 1) === 0) {
        put(source[at] ?? 0);
        at += 1;
        continue;
      }
      const pair = ((source[at] ?? 0) << 8) | (source[at + 1] ?? 0);
      at += 2;
      const offset = pair >> 4;
      if (offset === write) return out.subarray(0, length);
      for (let step = 0; step < (pair & 15) + 2; step += 1) put(window[(offset + step) % windowSize] ?? 0);
    }
  }
  return out.subarray(0, Math.min(length, size));
}

export interface RtfText {
  readonly mode: "html" | "text";
  readonly text: string;
}

/** The HTML or the text that RTF was made of, or else its own words; null where it cannot be read. */
export function textOfRtf(rtf: Buffer): RtfText | null {
  return decapsulated(rtf) ?? decapsulated(asIfFromText(rtf));
}

function decapsulated(rtf: Buffer): RtfText | null {
  try {
    const { mode, text } = deEncapsulateSync(rtf, {
      decode: (bytes: Buffer, codePage: string) => decodeDeclared(bytes, codePage),
      warn: () => {},
    });
    return { mode, text: text.toString() };
  } catch {
    return null;
  }
}

/** Written by hand in Word, it holds no other text: its words are read as those of a text that was put into RTF would be. */
function asIfFromText(rtf: Buffer): Buffer {
  return Buffer.from(rtf.toString("latin1").replace(/^\{\\rtf1/u, "{\\rtf1\\ansi\\fromtext "), "latin1");
}
