/**
 * The properties in a TNEF stream. Of those with several values the first is read.
 * @see https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxtnef §2.1.3.4
 * @see https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxcdata §2.11.1
 */

import { decodeDeclared } from "../mime/charset.ts";
import { ByteReader } from "./byte-reader.ts";

interface Value {
  readonly type: number;
  readonly bytes: Uint8Array;
}

/** By their number. */
export type MapiProperties = ReadonlyMap<number, Value>;

const several = 0x1000;
const unicode = 0x001f;
/** Types whose values say how long they are: objects, both kinds of text, bytes. */
const ofAnyLength = new Set([0x000d, 0x001e, unicode, 0x0102]);
const lengths = new Map([
  [0x0002, 4],
  [0x0003, 4],
  [0x0004, 4],
  [0x0005, 8],
  [0x0006, 8],
  [0x0007, 8],
  [0x000a, 4],
  [0x000b, 4],
  [0x0014, 8],
  [0x0040, 8],
  [0x0048, 16],
]);
const namedFrom = 0x8000;

/** Reads until the first that nobody knows the length of. */
export function readProperties(bytes: Uint8Array): MapiProperties {
  const reader = new ByteReader(bytes);
  const properties = new Map<number, Value>();
  for (let count = reader.u32(); count > 0 && reader.left > 0; count -= 1) {
    const given = reader.u16();
    const id = reader.u16();
    if (id >= namedFrom) skipName(reader);
    const type = given & ~several;
    const length = lengths.get(type);
    const isAnyLength = ofAnyLength.has(type);
    if (length === undefined && !isAnyLength) break;
    const values = isAnyLength || given !== type ? reader.u32() : 1;
    for (let at = 0; at < values && reader.left > 0; at += 1) {
      const value = reader.bytes(length ?? reader.u32());
      reader.skip(-value.length & 3);
      if (at === 0) properties.set(id, { type, bytes: value });
    }
  }
  return properties;
}

function skipName(reader: ByteReader): void {
  reader.skip(16);
  const isString = reader.u32() === 1;
  const length = isString ? reader.u32() : 4;
  reader.skip(length + (-length & 3));
}

export const property = {
  subject: 0x0037,
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  senderName: 0x0c1a,
  senderAddress: 0x0c1f,
  internetCodePage: 0x3fde,
  attachedObject: 0x3701,
  fileName: 0x3704,
  longFileName: 0x3707,
  mimeType: 0x370e,
  contentId: 0x3712,

  bytes: (properties: MapiProperties, id: number): Uint8Array | null => properties.get(id)?.bytes ?? null,

  number(properties: MapiProperties, id: number): number {
    return new ByteReader(properties.get(id)?.bytes ?? new Uint8Array()).u32();
  },

  /** Without the NUL at its end; empty where there is none. */
  text(properties: MapiProperties, id: number, decode: (bytes: Uint8Array) => string): string {
    const value = properties.get(id);
    if (value === undefined) return "";
    if (value.type !== unicode) return decode(value.bytes);
    return new TextDecoder("utf-16le").decode(value.bytes).replace(/\0.*$/su, "");
  },

  /** Text in one of Windows' code pages. */
  decode: (bytes: Uint8Array, codePage: number): string => decodeDeclared(bytes, `cp${codePage}`),
} as const;
