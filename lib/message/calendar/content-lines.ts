/**
 * The lines of calendar files and of contact cards. The lines are taken apart here and their grammar is `ical.js`'s: given a
 * whole file, it refuses all of it for one bad line.
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.1
 */

import ICAL from "ical.js";
import { decodeText } from "../mime/charset.ts";

/** A component as it stood, its lines not yet read. */
export interface Component {
  /** In lower case. */
  readonly name: string;
  /** Bytes as latin1 characters. */
  readonly lines: string[];
  readonly children: Component[];
}

export interface Components {
  readonly found: readonly Component[];
  /** Components of each name, those that were not kept included. */
  readonly counts: ReadonlyMap<string, number>;
  readonly truncated: boolean;
  /** Lines that stand where nothing can stand. */
  readonly stray: number;
}

export interface Property {
  /** In lower case. */
  readonly name: string;
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
  readonly type: string;
  readonly values: readonly unknown[];
}

const depthLimit = 8;
/** What is longer is cut: no text in a card comes near. */
const lineLimit = 100_000;

const bom = /^\u00ef\u00bb\u00bf/u;

/** One line a property, with what was folded put together: as bytes, since a fold may stand in the middle of a character. */
function unfolded(bytes: Uint8Array): string[] {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const plain = isUtf16 ? Buffer.from(Buffer.from(bytes).toString("utf16le"), "utf8") : Buffer.from(bytes);
  return joinQuotedPrintable(
    withoutBase64(plain.toString("latin1").replace(bom, ""))
      .replace(/\r+\n|\r/gu, "\n")
      .replace(/\n[ \t]/gu, "")
      .split("\n"),
  );
}

/** Some programs write the whole file in base64 once more than they say. */
function withoutBase64(text: string): string {
  if (!/^[\w+/=\s]+$/u.test(text.slice(0, 2_000))) return text;
  const decoded = Buffer.from(text, "base64").toString("latin1");
  return /^\s*BEGIN:V/iu.test(decoded.replace(bom, "")) ? decoded.replace(bom, "") : text;
}

const isQuotedPrintable = (line: string): boolean =>
  /^[^:]{0,500};(?:ENCODING=)?QUOTED-PRINTABLE[;:]/iu.test(line);

/** The older formats end a line that goes on with "=". */
function joinQuotedPrintable(lines: readonly string[]): string[] {
  const joined: string[] = [];
  let open: string | null = null;
  for (const line of lines) {
    const whole: string = open === null ? line : open + line;
    open = whole.endsWith("=") && (open !== null || isQuotedPrintable(whole)) ? whole.slice(0, -1) : null;
    if (open === null) joined.push(whole);
  }
  if (open !== null) joined.push(open);
  return joined;
}

/**
 * The components of a file: the first `most` of each name, the rest counted. Promises not to throw: what does not end is
 * ended, and said.
 */
export function readComponents(bytes: Uint8Array, most: number): Components {
  const found: Component[] = [];
  const counts = new Map<string, number>();
  const open: Component[] = [];
  let stray = 0;
  for (const line of unfolded(bytes)) {
    const [, word, name] = /^\s*(BEGIN|END)\s*:\s*([\w-]{1,40})\s*$/iu.exec(line.slice(0, 100)) ?? [];
    const last = open.at(-1);
    if (word === undefined || name === undefined) {
      if (last !== undefined) last.lines.push(line.slice(0, lineLimit));
      else if (line.trim() !== "") stray += 1;
    } else if (word.toUpperCase() === "BEGIN") {
      const component: Component = { name: name.toLowerCase(), lines: [], children: [] };
      const count = (counts.get(component.name) ?? 0) + 1;
      counts.set(component.name, count);
      if (open.length < depthLimit && count <= most) (last?.children ?? found).push(component);
      open.push(component);
    } else if (open.some((component) => component.name === name.toLowerCase())) {
      while (open.pop()?.name !== name.toLowerCase());
    } else {
      stray += 1;
    }
  }
  return { found, counts, truncated: open.length > 0, stray };
}

/** All components of a name, wherever they stand. */
export function componentsNamed(components: readonly Component[], name: string): Component[] {
  return components.flatMap((component) => [
    ...(component.name === name ? [component] : []),
    ...componentsNamed(component.children, name),
  ]);
}

/** The value of a property of plain text, without reading the others. */
export function textOf(component: Component, name: string): string | null {
  const start = new RegExp(`^${name}(?:;[^:]*)?:(.*)$`, "iu");
  for (const line of component.lines) {
    const value = start.exec(line)?.[1]?.trim();
    if (value) return value;
  }
  return null;
}

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
    if (same.length >= most) {
      unread.set(name, (unread.get(name) ?? 0) + 1);
      continue;
    }
    const property = readProperty(line.trimStart(), grammar);
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
