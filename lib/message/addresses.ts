/**
 * Address lists. No installed library reads them, so this is a tokenizer of our own: one pass over the raw header,
 * and encoded words are decoded only inside names, so that no encoded text can become an address or a separator.
 * @see https://www.rfc-editor.org/rfc/rfc5322 §3.4, §4.4
 * @see https://www.rfc-editor.org/rfc/rfc2047 §5, §7
 */

import { decodeWords } from "./headers.ts";
import type { MailAddress } from "./types.ts";
import { oneLine } from "./visible-text.ts";

/** More recipients than anyone reads; the rest of a longer list is left out. */
const ADDRESS_LIMIT = 1_000;

interface Entry {
  /** Raw text outside angle brackets, quotes taken off. */
  phrase: string;
  /** The same with quotes kept: a quoted local part without angle brackets needs them. */
  verbatim: string;
  comment: string;
  angle: string | null;
}

/** A parsed entry, with the name as it was given even where {@link MailAddress.name} withholds it. */
export interface NamedAddress extends MailAddress {
  readonly givenName: string | null;
}

/** Every mailbox of an address list in its order; groups are flattened. Promises not to throw on any input. */
export function parseAddresses(value: string): NamedAddress[] {
  const addresses: NamedAddress[] = [];
  for (const entry of entries(value)) {
    const address = toAddress(entry);
    if (address !== null) addresses.push(address);
    if (addresses.length === ADDRESS_LIMIT) break;
  }
  return addresses;
}

/** The entry without what was withheld: what leaves this folder. */
export function plainAddress({ name, address }: NamedAddress): MailAddress {
  return { name, address };
}

function* entries(value: string): Generator<Entry> {
  let entry: Entry = blank();
  // After a quote that never closes, quotes are ordinary characters: looking again would cost the square of the length.
  let quotesClose = true;
  for (let at = 0; at < value.length; ) {
    const character = value.charAt(at);
    const quoted = character === '"' && quotesClose ? quotedString(value, at) : null;
    if (character === '"' && quoted === null) quotesClose = false;
    if (quoted !== null) {
      entry.phrase += quoted.text;
      entry.verbatim += value.slice(at, quoted.next);
      at = quoted.next;
    } else if (character === "(") {
      const { text, next } = comment(value, at);
      entry.comment += `${entry.comment && " "}${text}`;
      at = next;
    } else if (character === "<") {
      const { text, next } = angleAddress(value, at);
      // Only the first counts: a second would let a list hide who a message is really from.
      entry.angle ??= text;
      at = next;
    } else if (character === "," || character === ";") {
      yield entry;
      entry = blank();
      at += 1;
    } else if (character === ":" && entry.angle === null && !entry.phrase.includes("@")) {
      // The name of a group: its members are what follows.
      entry = blank();
      at += 1;
    } else {
      entry.phrase += character;
      entry.verbatim += character;
      at += 1;
    }
  }
  yield entry;
}

function blank(): Entry {
  return { phrase: "", verbatim: "", comment: "", angle: null };
}

/** A quoted string from its opening mark, or null when it never closes. */
function quotedString(value: string, start: number): { text: string; next: number } | null {
  let text = "";
  for (let at = start + 1; at < value.length; at += 1) {
    const character = value.charAt(at);
    if (character === '"') return { text, next: at + 1 };
    if (character === "\\") at += 1;
    text += value.charAt(at);
  }
  return null;
}

function comment(value: string, start: number): { text: string; next: number } {
  let depth = 0;
  let text = "";
  for (let at = start; at < value.length; at += 1) {
    const character = value.charAt(at);
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (depth === 0) return { text: text.slice(1), next: at + 1 };
    if (character === "\\") at += 1;
    text += value.charAt(at);
  }
  return { text: text.slice(1), next: value.length };
}

/** What stands between angle brackets, quoted local parts whole, without comments and an obsolete route. */
function angleAddress(value: string, start: number): { text: string; next: number } {
  let text = "";
  let at = start + 1;
  let quotesClose = true;
  while (at < value.length && value.charAt(at) !== ">") {
    const character = value.charAt(at);
    const quoted = character === '"' && quotesClose ? quotedString(value, at) : null;
    if (character === '"' && quoted === null) quotesClose = false;
    const isComment = character === "(";
    const next = quoted?.next ?? (isComment ? comment(value, at).next : at + 1);
    if (!isComment) text += value.slice(at, next);
    at = next;
  }
  return { text: text.replace(/^\s*@[^:]{0,300}:/u, ""), next: at + 1 };
}

function toAddress(entry: Entry): NamedAddress | null {
  if (entry.angle !== null) {
    return named(decodeWords(entry.phrase) || decodeWords(entry.comment), bare(entry.angle));
  }
  const text = entry.verbatim.trim();
  if (text === "") return null;
  if (text.includes("@")) {
    // "Sari sari@example.org": brackets forgotten.
    const lastWord = text.split(/\s/u).at(-1) ?? "";
    const isNameAndAddress = lastWord !== text && lastWord.includes("@") && !text.startsWith('"');
    return isNameAndAddress
      ? named(decodeWords(text.slice(0, -lastWord.length)), bare(lastWord))
      : named(decodeWords(entry.comment), bare(text));
  }
  // "MAILER-DAEMON" is a local address; "Sari Wulandari" or an encoded word only a name.
  const isAtom = /^[\w.!#$%&'*+/^`{|}~-]+$/u.test(text);
  return isAtom ? named(decodeWords(entry.comment), bare(text)) : named(decodeWords(entry.phrase), "");
}

function bare(text: string): string {
  return oneLine(text).replace(/ /gu, "").slice(0, 320);
}

const ADDRESS_IN_NAME = /[^\s<>"'(),;:@]+@[^\s<>"'(),;:@]+\.[^\s<>"'(),;:@]+/u;

/** Withholds a name that repeats the address, or that pretends to be another one. */
function named(text: string, address: string): NamedAddress | null {
  const name = text.replace(/^'(.*)'$/u, "$1").trim() || null;
  if (name === null && address === "") return null;
  const claimed = name === null ? null : (ADDRESS_IN_NAME.exec(name.slice(0, 500))?.[0] ?? null);
  const misleads = claimed !== null && claimed.toLowerCase() !== address.toLowerCase();
  const repeats = name?.toLowerCase() === address.toLowerCase();
  return { name: (misleads && address !== "") || repeats ? null : name, address, givenName: name };
}
