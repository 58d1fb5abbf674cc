/**
 * Address lists. A tokenizer of our own: one pass over the raw header, in which an encoded word is one thing whatever is in it,
 * and is decoded only inside names, so that no encoded text can become an address or a separator. (`postal-mime` tears a
 * word at its colon, comma or bracket, and makes an address of what it finds there.)
 * @see https://www.rfc-editor.org/rfc/rfc5322 §3.4, §4.4
 * @see https://www.rfc-editor.org/rfc/rfc2047 §5, §7
 */

import { encodedWordAt } from "./encoded-words.ts";
import { decodeWords } from "./headers.ts";
import { bare, type NamedAddress, named } from "./named-address.ts";

/** More recipients than anyone reads; the rest of a longer list is left out. */
const addressLimit = 1_000;

interface Entry {
  /** Raw text outside angle brackets, quotes taken off. */
  phrase: string;
  /**
   * The raw text with its quotes and without encoded words: a quoted local part without angle brackets is read from it.
   */
  verbatim: string;
  comment: string;
  angle: string | null;
  /** An at sign stands in it, outside quotes and encoded words. */
  hasAt: boolean;
  /** The separator behind it; empty at the end of the list. */
  end: string;
}

/** Every mailbox of an address list in its order; groups are flattened. Promises not to throw on any input. */
export function parseAddresses(value: string): NamedAddress[] {
  const addresses: NamedAddress[] = [];
  for (const entry of wholeNames(entries(value))) {
    const address = toAddress(entry);
    if (address !== null) addresses.push(address);
    if (addresses.length === addressLimit) break;
  }
  return addresses;
}

/** What is no name of a person or a list: local mail goes out under it. */
const localName = /^(?:mailer-daemon|postmaster|daemon|root|nobody|cron|www-data)$/iu;

/** "Santoso, Budi <budi@example.org>", its quotes forgotten, is one person: what has no address belongs to what follows. */
function* wholeNames(list: Iterable<Entry>): Generator<Entry> {
  let pieces: Entry[] = [];
  for (const entry of list) {
    const text = entry.verbatim.trim();
    const isPiece =
      entry.angle === null &&
      entry.end === "," &&
      entry.comment === "" &&
      entry.phrase.trim() !== "" &&
      !text.includes("@") &&
      !localName.test(text);
    if (isPiece && pieces.length < piecesLimit) {
      pieces.push(entry);
      continue;
    }
    const names = [...pieces, entry].map(({ phrase }) => phrase.trim());
    if (entry.angle !== null) yield { ...entry, phrase: names.filter(Boolean).join(", ") };
    else yield* [...pieces, entry];
    pieces = [];
  }
  yield* pieces;
}

/** "Last, First, Degree, Degree": more than that is a list. */
const piecesLimit = 4;

function* entries(value: string): Generator<Entry> {
  let entry: Entry = blank();
  const lastGroupEnd = value.lastIndexOf(";");
  // After a quote that never closes, quotes are ordinary characters: looking again would cost the square of the length.
  let quotesClose = true;
  for (let at = 0; at < value.length; ) {
    const character = value.charAt(at);
    const word = character === "=" ? encodedWordAt(value, at) : null;
    const quoted = character === '"' && quotesClose ? quotedString(value, at) : null;
    if (character === '"' && quoted === null) quotesClose = false;
    if (word !== null) {
      entry.phrase += value.slice(at, word.end);
      entry.verbatim += " ";
      at = word.end;
    } else if (quoted !== null) {
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
      yield { ...entry, end: character };
      entry = blank();
      at += 1;
    } else if (character === ":" && isGroupName(entry, value, at, lastGroupEnd)) {
      // Its members are what follows.
      entry = blank();
      at += 1;
    } else {
      entry.hasAt ||= character === "@";
      entry.phrase += character;
      entry.verbatim += character;
      at += 1;
    }
  }
  yield entry;
}

/** A group ends in a semicolon; a name with a colon in it does not. */
function isGroupName(entry: Entry, value: string, at: number, lastGroupEnd: number): boolean {
  if (entry.angle !== null || entry.hasAt) return false;
  return lastGroupEnd > at || value.slice(at + 1, at + 100).trim() === "";
}

function blank(): Entry {
  return { phrase: "", verbatim: "", comment: "", angle: null, hasAt: false, end: "" };
}

/** A quoted string from its opening mark, or null when it never closes. */
function quotedString(value: string, start: number): { text: string; next: number } | null {
  let text = "";
  for (let at = start + 1; at < value.length; at += 1) {
    const character = value.charAt(at);
    if (character === '"') return { text, next: at + 1 };
    const word = character === "=" ? encodedWordAt(value, at) : null;
    if (word !== null) {
      text += value.slice(at, word.end);
      at = word.end - 1;
      continue;
    }
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
    const word = character === "=" ? encodedWordAt(value, at) : null;
    if (word !== null) {
      text += value.slice(at, word.end);
      at = word.end - 1;
      continue;
    }
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
    const name = decodeWords(entry.phrase) || decodeWords(entry.comment);
    // "<Undisclosed Recipients>" are words, and no address.
    const isWords = !entry.angle.includes("@") && /\S\s+\S/u.test(entry.angle);
    return isWords ? named(name || decodeWords(entry.angle), "") : named(name, bare(entry.angle));
  }
  const text = entry.verbatim.trim();
  if (text === "") return named(decodeWords(entry.phrase), "");
  const hasWords = encodedWordAt(entry.phrase, entry.phrase.indexOf("=?")) !== null;
  if (text.includes("@")) {
    // "Sari sari@example.org": brackets forgotten.
    const lastWord = text.split(/\s/u).at(-1) ?? "";
    const isNameAndAddress =
      (lastWord !== text || hasWords) && lastWord.includes("@") && !text.startsWith('"');
    return isNameAndAddress
      ? named(decodeWords(entry.phrase.trimEnd().slice(0, -lastWord.length)), bare(lastWord))
      : named(decodeWords(entry.comment), bare(text));
  }
  // "MAILER-DAEMON" is a local address; "Sari Wulandari" or an encoded word only a name.
  const isAtom = /^[\w.!#$%&'*+/^`{|}~-]+$/u.test(text) && !hasWords;
  return isAtom ? named(decodeWords(entry.comment), bare(text)) : named(decodeWords(entry.phrase), "");
}
