/**
 * The older messages inside a mail's HTML, folded with `<details>`: that needs no script. Works on sanitized markup only,
 * which is well-formed: every tag it meets was written by the sanitizer.
 */

import { type Conversation, endsAsAuthor, isOnTopic } from "../mime/conversation.ts";
import { attributionLength, leadsBelow, olderMessageAt } from "../text/attribution.ts";
import { headerBlockAt } from "../text/header-block.ts";
import { htmlToText } from "./html-text.ts";
import { markerAttribute } from "./quote-markers.ts";
import { type Piece, type Region, readPieces } from "./quote-regions.ts";

const quoteSummary = '<details class="quoted"><summary>Quoted text</summary>';
const quoteSummaryOpen = quoteSummary.replace("<details ", "<details open ");

const marker = new RegExp(`\\s${markerAttribute}="[a-z]+"`, "gu");
/** As much of a quote's markup as is looked at for what stands above it. */
const beginning = 20_000;

/**
 * Wraps what is quoted. It starts folded only as a quotation of an earlier message of this conversation, with the author's
 * own words before it and none in it or after it: what was passed on, what is all there is, and whatever is in doubt is open.
 */
export function foldQuotes(html: string, conversation: Conversation): string {
  if (!html.includes(`${markerAttribute}="`)) return html;
  const pieces = readPieces(html);
  const last = pieces.findLastIndex(({ kind }) => kind === "own");
  const first = pieces.findIndex(({ kind }) => kind === "quote");
  const isAnsweredWithin = first < last;
  const before = ownWords(pieces.slice(0, first));
  let folded = "";
  let from = 0;
  for (const piece of pieces) {
    if (piece.kind === "own") continue;
    const { region } = piece;
    const isFolded =
      conversation.isAnswer &&
      !isAnsweredWithin &&
      before !== "" &&
      !region.hasNewWords &&
      isEarlier(region, html.slice(region.start, region.end), before, conversation);
    folded += `${unmarked(html.slice(from, region.start))}${isFolded ? quoteSummary : quoteSummaryOpen}`;
    folded += `${unmarked(html.slice(region.start, region.end))}</details>`;
    from = region.end;
  }
  return folded + unmarked(html.slice(from));
}

const unmarked = (html: string) => html.replaceAll(marker, "");

/** What the author says before the first quote, without the line that introduces it. Empty when that is nothing. */
function ownWords(pieces: readonly Piece[]): string {
  const texts = pieces.map((piece) => (piece.kind === "own" ? piece.text : ""));
  const said = attributionLength(texts.slice(-3));
  return texts
    .slice(0, texts.length - said)
    .join("\n")
    .trim();
}

/** Whether what is quoted is an earlier message of the conversation, as far as its beginning tells. */
function isEarlier({ kind }: Region, html: string, before: string, conversation: Conversation): boolean {
  const lines = htmlToText(html.slice(0, beginning).replace(/<[^<>]*$/u, ""))
    .split("\n")
    .filter((line) => line !== "");
  const older = lines.slice(0, 2).map((_, at) => olderMessageAt(lines, at));
  if (older.some((message) => message?.kind === "forwarded")) return false;
  const at = lines.slice(0, 4).findIndex((_, index) => headerBlockAt(lines, index) !== null);
  const block = at === -1 ? null : headerBlockAt(lines, at);
  // Mail programs that mark their quotes put header blocks above what they pass on, and above nothing else.
  if (kind === "cite") return block === null;
  if (/^-{5,}/u.test(lines[0] ?? "") && older[0]?.kind !== "answered") return false;
  if (block !== null && !isOnTopic(conversation, block.subject)) return false;
  if (block !== null && endsAsAuthor(conversation, untilNextMessage(lines, at + block.length, html.length))) {
    return false;
  }
  return kind === "box" || !leadsBelow(before);
}

/** The words below a header block, up to the next older message; none when they are too many to tell where they end. */
function untilNextMessage(lines: readonly string[], from: number, length: number): string {
  let end = from;
  while (end < lines.length && olderMessageAt(lines, end) === null) end += 1;
  return end === lines.length && length > beginning ? "" : lines.slice(from, end).join("\n");
}
