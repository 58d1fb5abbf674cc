/** The properties of a component: what its lines say, by the grammar of `ical.js`. */

import ICAL from "ical.js";
import { decodeText } from "../mime/charset.ts";
import { type Component, isQuotedPrintable } from "./components.ts";

export interface Property {
  /** In lower case. */
  readonly name: string;
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
  readonly type: string;
  readonly values: readonly unknown[];
}

/** Texts may be longer than this, and nothing else: parameters take time by the square of their number. */
const shortLineLimit = 10_000;
const texts = new Set(["description", "comment", "note"]);

export interface Grammar {
  readonly design: "icalendar" | "vcard" | "vcard3";
  readonly charset: string | null;
}

/** Reads one line; null where it says nothing. */
export function readProperty(line: string, { design, charset }: Grammar): Property | null {
  try {
    const read: unknown = ICAL.parse.property(
      withPlainParameters(decoded(line, charset)),
      ICAL.design[design],
    );
    // What it answers is jCal: an array of a name, parameters, a type and values.
    const [name, parameters, type, ...values] = read as [
      string,
      Property["parameters"],
      string,
      ...unknown[],
    ];
    return { name, parameters, type, values };
  } catch {
    // A line that the grammar refuses is counted by whoever asks: it is a fault of the file and not of the server.
    return null;
  }
}

function decoded(line: string, charset: string | null): string {
  const colon = line.indexOf(":");
  const head = line.slice(0, colon);
  const declared = /;CHARSET="?([\w-]+)/iu.exec(head)?.[1] ?? charset;
  if (!isQuotedPrintable(line)) return decodeText(Buffer.from(line, "latin1"), declared).text;
  const bytes = line
    .slice(colon + 1)
    .replace(/=([0-9a-f]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const text = decodeText(Buffer.from(bytes, "latin1"), declared).text.replace(/\r?\n/gu, "\\n");
  return `${head.replace(/;(?:ENCODING=)?QUOTED-PRINTABLE|;CHARSET="?[\w-]+"?/giu, "")}:${text}`;
}

/** `TEL;HOME;VOICE:` is `TEL;TYPE=HOME;TYPE=VOICE:` in the older format, and `SENT-BY:"…"` a slip that Exchange has made. */
function withPlainParameters(line: string): string {
  const mended = line.replace(/^([^":]*;SENT-BY):(?=")/iu, "$1=");
  const bare = /^([\w.-]+)((?:;[\w-]+(?=[;:]))+)(?=[;:])/u.exec(mended);
  if (bare === null) return mended;
  const [whole, name = "", words = ""] = bare;
  return name + words.replaceAll(";", ";TYPE=") + mended.slice(whole.length);
}

/** A parameter's first value. */
export function parameterOf({ parameters }: Property, name: string): string | null {
  const value = parameters[name];
  return (typeof value === "object" ? value[0] : value) ?? null;
}

export interface PropertyReader {
  /** All of a name, in their order. */
  all(name: string): readonly Property[];
  first(name: string): Property | null;
  /** The first one's value as text; null when absent or blank. */
  text(name: string): string | null;
  /** How many of a name were not read, since there are too many. */
  unread(name: string): number;
  /** Whether a line of that name says nothing. */
  isBroken(name: string): boolean;
  /** Lines that say nothing. */
  readonly unreadable: number;
}

/** Reads the properties of a component that have one of the names; `most` of each, the rest is not read. */
export function readProperties(
  component: Component,
  names: ReadonlySet<string>,
  grammar: Grammar,
  most: number,
): PropertyReader {
  const read = new Map<string, Property[]>();
  const unread = new Map<string, number>();
  const broken = new Set<string>();
  let unreadable = 0;
  for (const line of component.lines) {
    if (line.trim() === "") continue;
    const name = /^\s*(?:[\w-]+\.)?([\w-]+)\s*[;:]/u.exec(line.slice(0, 200))?.[1]?.toLowerCase();
    if (name === undefined) unreadable += 1;
    if (name === undefined || !names.has(name)) continue;
    const same = read.get(name) ?? [];
    read.set(name, same);
    const isLong = line.length > shortLineLimit;
    if (same.length >= most || (isLong && same.length > 0)) {
      unread.set(name, (unread.get(name) ?? 0) + 1);
      continue;
    }
    const isText = !isLong || texts.has(name);
    const property = isText ? readProperty(line.trimStart(), grammar) : null;
    if (property !== null) same.push(property);
    else {
      unreadable += 1;
      broken.add(name);
    }
  }
  const all = (name: string) => read.get(name) ?? [];
  const text = (name: string) => {
    const value = all(name)[0]?.values.flat(2).join(", ").trim();
    return value ? value : null;
  };
  return {
    all,
    first: (name) => all(name)[0] ?? null,
    text,
    unread: (name) => unread.get(name) ?? 0,
    isBroken: (name) => broken.has(name),
    unreadable,
  };
}
