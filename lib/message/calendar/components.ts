/**
 * The lines and components of calendar files and of contact cards. They are taken apart here, and the grammar of a line is
 * `ical.js`'s: given a whole file, it refuses all of it for one bad line.
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.1
 */

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
      .replace(/\r{1,3}\n|\r/gu, "\n")
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

/** Whether a value is written so, as the older formats do. */
export const isQuotedPrintable = (line: string): boolean =>
  /^[^:]{0,500};(?:ENCODING=)?QUOTED-PRINTABLE[;:]/iu.test(line);

/** The older formats end a line that goes on with "=". */
function joinQuotedPrintable(lines: readonly string[]): string[] {
  const joined: string[] = [];
  let open: string[] = [];
  for (const line of lines) {
    const goesOn = line.endsWith("=") && (open.length > 0 || isQuotedPrintable(line));
    open.push(goesOn ? line.slice(0, -1) : line);
    if (goesOn) continue;
    joined.push(open.join(""));
    open = [];
  }
  if (open.length > 0) joined.push(open.join(""));
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
  /** How many of a name are open: a file may open thousands, and end what it never began. */
  const opened = new Map<string, number>();
  const change = (name: string, by: number) => opened.set(name, (opened.get(name) ?? 0) + by);
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
      change(component.name, 1);
    } else if ((opened.get(name.toLowerCase()) ?? 0) > 0) {
      let ended = "";
      while (ended !== name.toLowerCase()) {
        ended = open.pop()?.name ?? name.toLowerCase();
        change(ended, -1);
      }
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
