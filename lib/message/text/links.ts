/** Finds the links in a plain text: http, https and mailto, nothing else. */

import { LinkifyIt } from "linkify-it";
import type { Run } from "../../domain/readable-message.ts";
import { splitUnbroken } from "./unbroken.ts";

/** Links in a longer line are not looked for: nobody wrote it by hand. */
const lineLimit = 8_000;
/** Only these make a link of a bare host: with country codes, "file.md" and "main.rs" would be one. */
const bareHost = /^(?:www\.[^/]+|[^/]+\.(?:com|net|org))(?:[/?#:]|$)/iu;
/** What a link needs to be one; lines without are not searched. */
const mayLink = /:\/\/|@|www\.|mailto:|\.(?:com|net|org)/iu;

const linkify = new LinkifyIt({ fuzzyLink: true }).add("ftp:", null).add("//", null);

/** The text cut into runs, line breaks kept; joined together the runs are the text again. */
export function toRuns(text: string): Run[] {
  const runs: Run[] = [];
  let plain = "";
  for (const line of text.split(/(?<=\n)/u)) {
    let from = 0;
    for (const { start, end, href } of links(line)) {
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

function links(line: string): { start: number; end: number; href: string }[] {
  if (line.length > lineLimit || !mayLink.test(line)) return [];
  return (linkify.match(line) ?? [])
    .filter(
      ({ schema, raw, url }) =>
        (schema !== "" || url.startsWith("mailto:") || bareHost.test(raw)) && safe(url),
    )
    .map(({ index, lastIndex, url }) => ({ start: index, end: lastIndex, href: url }));
}

function safe(url: string): boolean {
  return /^(?:https?:\/\/|mailto:)/iu.test(url);
}
