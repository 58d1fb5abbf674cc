/** What stands behind the text that a message's page shows of a long one. */

import type { Message } from "../domain/mail.ts";
import type { Loaded } from "./content.ts";
import { escapeHtml } from "./html/html-entities.ts";
import { isHtml, selectParts } from "./mime/select-parts.ts";
import { partText, textLimit } from "./text/body-text.ts";
import { flowedLines, type Line, plainLines } from "./text/flowed.ts";
import { toRuns } from "./text/links.ts";

/** One text, or what is left of one, with what it says about its lines. */
export interface RestOfText {
  readonly text: string;
  readonly isFlowed: boolean;
  readonly deleteSpace: boolean;
}

/**
 * @param message with its containers opened
 * @param isWhole all of the text, with what the page shows
 */
export function restOf({ payload }: Message, loaded: Loaded, isWhole: boolean): RestOfText[] {
  let left = isWhole ? 0 : textLimit;
  const { plain } = selectParts(payload);
  return plain.flatMap((part) => {
    if (isHtml(part)) return [];
    const { text, rest } = partText(part, loaded, left);
    left -= text.length;
    const { format, delsp } = part.parameters;
    const isFlowed = format?.toLowerCase() === "flowed";
    return rest === "" ? [] : [{ text: rest, isFlowed, deleteSpace: delsp?.toLowerCase() === "yes" }];
  });
}

/** Characters that are made into markup at a time. */
const share = 16_384;

/** The texts as markup for the frame, a share at a time, each made when it is asked for. */
export function* restHtml(texts: readonly RestOfText[]): Generator<string> {
  for (const { text, isFlowed, deleteSpace } of texts) {
    for (let at = 0; at < text.length; ) {
      const end = endOfShare(text, at);
      const lines = text.slice(at, end).replace(/\n$/u, "");
      yield linesHtml(isFlowed ? flowedLines(lines, deleteSpace) : plainLines(lines));
      at = end;
    }
  }
}

/** Behind the last line that is whole, or within one that is longer. */
function endOfShare(text: string, at: number): number {
  if (text.length - at <= share) return text.length;
  const line = text.lastIndexOf("\n", at + share - 1) + 1;
  if (line > at) return line;
  return /[\ud800-\udbff]/u.test(text[at + share - 1] ?? "") ? at + share - 1 : at + share;
}

/** Lines of one depth stand together; every share is a stretch of its own, so that a browser shows it before the next is here. */
function linesHtml(lines: readonly Line[]): string {
  let html = "";
  for (let at = 0; at < lines.length; ) {
    const depth = lines[at]?.depth ?? 0;
    const from = at;
    while (at < lines.length && lines[at]?.depth === depth) at += 1;
    const texts = lines.slice(from, at).map(({ text }) => text);
    html += `${"<blockquote>".repeat(depth)}<div class="plain-text">${runsHtml(texts.join("\n"))}</div>${"</blockquote>".repeat(depth)}`;
  }
  return html;
}

const runsHtml = (text: string): string =>
  toRuns(text)
    .map((run) => {
      const words = run.unbroken
        ? `<span class="unbroken">${escapeHtml(run.text)}</span>`
        : escapeHtml(run.text);
      return run.href === undefined
        ? words
        : `<a href="${escapeHtml(run.href)}" rel="noopener noreferrer nofollow" target="_blank">${words}</a>`;
    })
    .join("");
