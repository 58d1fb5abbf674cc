/** Finds the links in a plain text: http, https and mailto, nothing else. */

import { LinkifyIt } from "linkify-it";
import type { Run } from "../../domain/readable-message.ts";
import { splitUnbroken } from "./unbroken.ts";

/** Longer lines are searched in pieces that end at a space; what has none for so long is no link. */
const lineLimit = 8_000;
/** Only these make a link of a bare host: with country codes alone, "file.md" and "main.rs" would be one. */
const bareHost =
  /^(?:www\.[^/]+|[^/]+\.(?:com|net|org|(?:ac|co|com|go|in|net|or|org)\.[a-z]{2}))(?:[/?#:]|$)/iu;
/** What a link needs to be one; lines without are not searched. */
const mayLink = /:\/\/|@|www\.|mailto:|\.(?:ac|co|com|go|in|net|or|org)\b/iu;

const linkify = new LinkifyIt({ fuzzyLink: true }).add("ftp:", null).add("//", null);

/** Letters of languages that put no space between words, nor before an address or after it. */
const unspaced = String.raw`\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Mymr}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}`;
/**
 * Where an address begins or ends without a space: at the last letter of such a language before it, at the first one after a
 * letter or a digit (behind a slash it may be part of a path), at marks of emphasis, and at what nobody sees.
 */
const seams = new RegExp(
  String.raw`(?<=[${unspaced}])(?=https?:\/\/|www\.|mailto:|[\w.+-]{1,64}@)|(?<=(?:^|\W)[*_~])(?=https?:\/\/|www\.|mailto:)|(?<=[a-z\d])(?=[${unspaced}])|(?=[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff])|(?<=[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff])`,
  "iu",
);
/** What a `mailto:` says about the letter to be written. */
const letter = /^\?(?:subject|body|cc|bcc|to)=[^\s<>"]*[^\s<>".,;:!?)]/iu;

/** The text cut into runs, line breaks kept; joined together the runs are the text again. */
export function toRuns(text: string): Run[] {
  const runs: Run[] = [];
  let plain = "";
  for (const line of text.split(/(?<=\n)/u)) {
    let from = 0;
    for (const { start, end, href } of linksOfLine(line)) {
      plain += line.slice(from, start);
      push(runs, plain);
      plain = "";
      push(runs, line.slice(start, end), href);
      from = end;
    }
    plain += line.slice(from);
  }
  push(runs, plain);
  return runs;
}

function push(runs: Run[], text: string, href?: string): void {
  for (const piece of splitUnbroken(text)) {
    runs.push({
      text: piece.text,
      ...(href !== undefined && { href }),
      ...(piece.unbroken && { unbroken: true as const }),
    });
  }
}

interface Link {
  readonly start: number;
  readonly end: number;
  readonly href: string;
}

function linksOfLine(line: string): Link[] {
  if (!mayLink.test(line)) return [];
  const found: Link[] = [];
  let from = 0;
  for (const piece of piecesOf(line).flatMap((part) => part.split(seams))) {
    for (const { start, end, href } of links(piece)) {
      // "*https://example.org*": the second mark belongs to the first.
      const mark = /[*_~]$/u.exec(href)?.[0];
      const isMarked = mark !== undefined && line[from + start - 1] === mark;
      const less = isMarked ? 1 : 0;
      found.push({ start: from + start, end: from + end - less, href: href.slice(0, href.length - less) });
    }
    from += piece.length;
  }
  return found;
}

function piecesOf(line: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  while (line.length - from > lineLimit) {
    const space = line.lastIndexOf(" ", from + lineLimit);
    // Without a space the next piece may be longer than the limit, and is not searched then.
    const end = space > from ? space : line.indexOf(" ", from + lineLimit);
    if (end === -1) break;
    pieces.push(line.slice(from, end));
    from = end;
  }
  pieces.push(line.slice(from));
  return pieces;
}

function links(piece: string): Link[] {
  if (piece.length > lineLimit || !mayLink.test(piece)) return [];
  return (linkify.match(piece) ?? []).flatMap(({ schema, raw, url, index, lastIndex }) => {
    const isMeant = schema !== "" || url.startsWith("mailto:") || bareHost.test(raw);
    // "http://name:word@host": a name is no host, and no link to it was meant.
    const isName = /^https?:$/iu.test(schema) && /^[:@]\S/u.test(piece.slice(lastIndex));
    if (!isMeant || isName || !safe(url)) return [];
    const more = schema === "mailto:" ? (letter.exec(piece.slice(lastIndex))?.[0] ?? "") : "";
    return [{ start: index, end: lastIndex + more.length, href: url + more }];
  });
}

function safe(url: string): boolean {
  return /^(?:https?:\/\/|mailto:)/iu.test(url);
}
