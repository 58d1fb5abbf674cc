import { invalidArgument } from "./errors.ts";

/** A parsed `fields` selector: which members to keep, and what of each; null keeps everything. */
type Selection = Map<string, Selection> | null;

/**
 * Parse and apply the `fields` parameter: `a,b/c,d(e,f/g),*`.
 * @see https://developers.google.com/gmail/api/guides/performance#partial-response
 */
export function selectFields(value: unknown, fields: string | null): unknown {
  if (fields === null || fields === "") return value;
  const selection = parsed.get(fields) ?? parse(fields);
  if (parsed.size < parsedAtMost) parsed.set(fields, selection);
  return apply(value, selection);
}

/** A client sends the same few selectors with every call. */
const parsed = new Map<string, Selection>();
const parsedAtMost = 100;

function parse(fields: string): Selection {
  const reader = { text: fields, at: 0 };
  const selection = readList(reader);
  if (reader.at < fields.length) throw invalidArgument(`Invalid field selection ${fields}`);
  return selection;
}

function readList(reader: { text: string; at: number }): Selection {
  const selection = new Map<string, Selection>();
  for (;;) {
    const path = readPath(reader);
    merge(selection, path);
    if (reader.text[reader.at] !== ",") return selection;
    reader.at += 1;
  }
}

function readPath(reader: { text: string; at: number }): Map<string, Selection> {
  const match = /^\s*([\w*-]+)\s*/.exec(reader.text.slice(reader.at));
  if (!match) throw invalidArgument(`Invalid field selection ${reader.text}`);
  reader.at += match[0].length;
  const name = match[1] ?? "";
  const next = reader.text[reader.at];
  if (next === "/") {
    reader.at += 1;
    return new Map([[name, readPath(reader)]]);
  }
  if (next !== "(") return new Map([[name, null]]);
  reader.at += 1;
  const inner = readList(reader);
  if (reader.text[reader.at] !== ")") throw invalidArgument(`Invalid field selection ${reader.text}`);
  reader.at += 1;
  return new Map([[name, inner]]);
}

function merge(into: Map<string, Selection>, from: Map<string, Selection>): void {
  for (const [name, selection] of from) {
    const known = into.get(name);
    if (known && selection) merge(known, selection);
    else into.set(name, known === null ? null : selection);
  }
}

function apply(value: unknown, selection: Selection): unknown {
  if (selection === null || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => apply(item, selection));
  const kept: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    const chosen = selection.has(name) ? selection.get(name) : selection.get("*");
    if (chosen !== undefined) kept[name] = apply(inner, chosen);
  }
  return kept;
}
