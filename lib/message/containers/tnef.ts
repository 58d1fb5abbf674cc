/**
 * TNEF, the "winmail.dat" of Outlook: a message with its text and its files in one attachment. Lengths that it names are never
 * believed beyond the bytes that are there.
 * @see https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxtnef
 */

import { ByteReader } from "./byte-reader.ts";
import { type MapiProperties, property, readProperties } from "./mapi-properties.ts";

export interface TnefFile {
  readonly name: string;
  readonly mimeType: string;
  readonly contentId: string;
  readonly bytes: Uint8Array;
  /** A message that was attached; `bytes` are its own TNEF then. */
  readonly isMessage: boolean;
}

export interface TnefMessage {
  readonly properties: MapiProperties;
  /** Bytes of text, in the code page below. */
  readonly subject: Uint8Array | null;
  readonly body: Uint8Array | null;
  /** Windows' number of it; 1252 where none is named. */
  readonly codePage: number;
  readonly files: readonly TnefFile[];
}

const signature = 0x223e9f78;
/** No honest message has more. */
const filesLimit = 1_000;

const attribute = {
  subject: 0x8004,
  body: 0x800c,
  properties: 0x9003,
  codePage: 0x9007,
  fileBegins: 0x9002,
  fileName: 0x8010,
  fileBytes: 0x800f,
  fileProperties: 0x9005,
} as const;

interface Draft {
  title: Uint8Array | null;
  bytes: Uint8Array | null;
  properties: MapiProperties;
}

/** Reads what is whole; null where the bytes are no TNEF at all. */
export function readTnef(bytes: Uint8Array): TnefMessage | null {
  const reader = new ByteReader(bytes);
  if (reader.u32() !== signature) return null;
  reader.skip(2);
  let properties: MapiProperties = new Map();
  let subject: Uint8Array | null = null;
  let body: Uint8Array | null = null;
  let codePage = 1252;
  const files: Draft[] = [];
  // Level, attribute, type and length are nine bytes; a checksum of two stands behind the value.
  while (reader.left >= 9 && files.length <= filesLimit) {
    reader.skip(1);
    const id = reader.u16();
    reader.skip(2);
    const value = reader.bytes(reader.u32());
    reader.skip(2);
    const file = files.at(-1);
    if (id === attribute.codePage) codePage = new ByteReader(value).u32() || codePage;
    else if (id === attribute.subject) subject = value;
    else if (id === attribute.body) body = value;
    else if (id === attribute.properties) properties = readProperties(value);
    else if (id === attribute.fileBegins) files.push({ title: null, bytes: null, properties: new Map() });
    else if (file === undefined) continue;
    else if (id === attribute.fileName) file.title = value;
    else if (id === attribute.fileBytes) file.bytes = value;
    else if (id === attribute.fileProperties) file.properties = readProperties(value);
  }
  const decode = textIn(codePage);
  return { properties, subject, body, codePage, files: files.flatMap((file) => fileOf(file, decode)) };
}

/** An object that is attached begins with the id of its interface: this one is a message. */
const messageInterface = "0703020000000000c000000000000046";
const interfaceBytes = 16;

function fileOf({ title, bytes, properties }: Draft, decode: Decode): TnefFile[] {
  const text = (id: number) => property.text(properties, id, decode);
  const object = property.bytes(properties, property.attachedObject);
  const isMessage =
    object !== null && Buffer.from(object.subarray(0, interfaceBytes)).toString("hex") === messageInterface;
  const content = isMessage ? object.subarray(interfaceBytes) : (bytes ?? object);
  if (content === null) return [];
  return [
    {
      name: text(property.longFileName) || text(property.fileName) || (title === null ? "" : decode(title)),
      mimeType: text(property.mimeType).toLowerCase(),
      contentId: text(property.contentId),
      bytes: content,
      isMessage,
    },
  ];
}

export type Decode = (bytes: Uint8Array) => string;

/** A reader of text in a code page, up to its first NUL. Pages that nobody has are read as 1252. */
export function textIn(codePage: number): Decode {
  return (bytes) => {
    const end = bytes.indexOf(0);
    const text = end === -1 ? bytes : bytes.subarray(0, end);
    return property.decode(text, codePage);
  };
}
