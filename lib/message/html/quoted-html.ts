/**
 * Which older messages inside a mail's HTML are folded. Works on sanitized markup only, which is well-formed: every element
 * was written by the sanitizer.
 */

import { type ChildNode, isTag, isText } from "domhandler";
import { type Conversation, endsAsAuthor, isOnTopic } from "../mime/conversation.ts";
import { attributionLength, leadsBelow, olderMessageAt } from "../text/attribution.ts";
import { headerBlockAt } from "../text/header-block.ts";
import { unescapeHtml } from "./html-entities.ts";
import { TextBuilder } from "./html-text.ts";
import { type Piece, type Region, readPieces } from "./quote-regions.ts";

/** Siblings that are put into a `<details>`. */
export interface Fold {
  /** Null when all that follow belong to it. */
  readonly last: ChildNode | null;
  readonly isOpen: boolean;
}

/** As many characters of a quote are looked at for what stands above it. */
const beginning = 20_000;

/**
 * The folds of a message, by the first node of each. What is quoted starts folded only as a quotation of an earlier message
 * of this conversation, with the author's own words before it and none in it or after it: what was passed on, what is all
 * there is, and whatever is in doubt is open.
 */
export function foldsOf(nodes: readonly ChildNode[], conversation: Conversation): Map<ChildNode, Fold> {
  const pieces = readPieces(nodes);
  const last = pieces.findLastIndex(({ kind }) => kind === "own");
  const first = pieces.findIndex(({ kind }) => kind === "quote");
  const isAnsweredWithin = first < last;
  const before = ownWords(pieces.slice(0, first));
  const mayFold = conversation.isAnswer && !isAnsweredWithin && before !== "";
  const folds = new Map<ChildNode, Fold>();
  for (const piece of pieces) {
    if (piece.kind === "own") continue;
    const { region } = piece;
    const isFolded = mayFold && !region.hasNewWords && isEarlier(region, before, conversation);
    folds.set(region.first, { last: region.last, isOpen: !isFolded });
  }
  return folds;
}

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
function isEarlier(region: Region, before: string, conversation: Conversation): boolean {
  const { kind } = region;
  const { lines, isWhole } = beginningOf(region);
  const older = lines.slice(0, 2).map((_, at) => olderMessageAt(lines, at));
  if (older.some((message) => message?.kind === "forwarded")) return false;
  const at = lines.slice(0, 4).findIndex((_, index) => headerBlockAt(lines, index) !== null);
  const block = at === -1 ? null : headerBlockAt(lines, at);
  // Mail programs that mark their quotes put header blocks above what they pass on, and above nothing else.
  if (kind === "cite") return block === null;
  if (/^-{5,}/u.test(lines[0] ?? "") && older[0]?.kind !== "answered") return false;
  if (block !== null && !isOnTopic(conversation, block.subject)) return false;
  if (block !== null && endsAsAuthor(conversation, untilNextMessage(lines, at + block.length, isWhole))) {
    return false;
  }
  return kind === "box" || !leadsBelow(before);
}

/** The words below a header block, up to the next older message; none when they are too many to tell where they end. */
function untilNextMessage(lines: readonly string[], from: number, isWhole: boolean): string {
  let end = from;
  while (end < lines.length && olderMessageAt(lines, end) === null) end += 1;
  return end === lines.length && !isWhole ? "" : lines.slice(from, end).join("\n");
}

/** The first lines of a quote that say something, and whether these are all. */
function beginningOf({ first, last }: Region): { lines: string[]; isWhole: boolean } {
  const text = new TextBuilder();
  for (let node: ChildNode | null = first; node !== null; node = node === last ? null : node.next) {
    collect(node, text);
  }
  const lines = text.toString().split("\n");
  return { lines: lines.filter((line) => line !== ""), isWhole: text.length <= beginning };
}

function collect(node: ChildNode, text: TextBuilder): void {
  if (text.length > beginning) return;
  if (isText(node)) {
    text.add(unescapeHtml(node.data));
  } else if (isTag(node)) {
    text.open(node.name);
    for (const child of node.children) collect(child, text);
    text.close(node.name);
  }
}
