/** A plain text as a person takes it in: their words, what they quote, their signature. */

import type { TextBlock } from "../../domain/readable-message.ts";
import { type Conversation, endsAsAuthor, isOnTopic } from "../mime/conversation.ts";
import { hasInk } from "../mime/visible-text.ts";
import { attributionLength, leadsBelow, type OlderMessage, olderMessageAt } from "./attribution.ts";
import type { Line } from "./flowed.ts";
import { toRuns } from "./links.ts";

type Quote = Extract<TextBlock, { kind: "quote" }>;

/** A quote between the lines of an answer stays open up to this many lines. */
const openQuoteLines = 20;
/** Older messages within older messages are told apart so many times. */
const depthLimit = 20;

/**
 * Blocks in the order of the text. What starts folded is a quotation of an earlier message of this conversation, with the
 * author's own words before it and nothing new in it or after it. Where that is in doubt it is open.
 */
export function toBlocks(lines: readonly Line[], conversation: Conversation): TextBlock[] {
  const found: Found = { conversation, older: new Map() };
  const blocks = blocksAt(lines, 0, 0, found);
  const [first, last] = [blocks.findIndex(isWords), blocks.findLastIndex(isWords)];
  // Nothing is to be seen but what it quotes.
  if (first === -1) return blocks.map(opened);
  const answers = blocks
    .slice(
      blocks.findIndex(({ kind }) => kind === "quote"),
      last + 1,
    )
    .some(isWords);
  const ownWords = blocks[first]?.kind === "text" ? wordsOf(blocks.slice(0, last + 1)) : "";
  return blocks.map((block, at) => {
    if (block.kind !== "quote") return block;
    const isLong = conversation.isAnswer && block.folded && !found.older.has(block);
    // Between the lines of an answer, what is quoted is needed to follow it.
    if (at < last || answers) return { ...block, folded: isLong };
    const older = found.older.get(block);
    const folded =
      conversation.isAnswer &&
      (older === undefined ||
        (isKnown(older, conversation) &&
          !hasAnswers(block) &&
          !(older.subject !== null && endsAsAuthor(conversation, wordsOf(untilNextQuote(block)))) &&
          !leadsBelow(ownWords)));
    return { ...block, folded };
  });
}

const isWords = (block: TextBlock) => block.kind === "text" && block.runs.some(({ text }) => hasInk(text));

const opened = (block: TextBlock): TextBlock =>
  block.kind === "quote" ? { ...block, folded: false, blocks: block.blocks.map(opened) } : block;

function wordsOf(blocks: readonly TextBlock[]): string {
  return blocks
    .flatMap((block) => (block.kind === "quote" ? [] : [...block.runs.map(({ text }) => text), "\n"]))
    .join("");
}

function isKnown({ kind, subject }: OlderMessage, conversation: Conversation): boolean {
  return kind === "answered" && (subject === null || isOnTopic(conversation, subject));
}

/** The older message without those that it quotes in turn. */
function untilNextQuote({ blocks }: Quote): readonly TextBlock[] {
  const next = blocks.findIndex(({ kind }) => kind === "quote");
  return next === -1 ? blocks : blocks.slice(0, next);
}

/** Below a header block, words that are not marked as quoted, after some that are, may be an answer to them. */
function hasAnswers({ blocks }: Quote): boolean {
  const marked = blocks.findIndex(({ kind }) => kind === "quote");
  return marked !== -1 && blocks.slice(marked).some(isWords);
}

interface Found {
  readonly conversation: Conversation;
  /** The quotes that run on from a header block, and what that block says. */
  readonly older: Map<TextBlock, OlderMessage>;
}

/** `level` is the count of ">" that the author's own lines have here, `depth` how many quotes we are within. */
function blocksAt(lines: readonly Line[], level: number, depth: number, found: Found): TextBlock[] {
  const blocks: TextBlock[] = [];
  let at = 0;
  while (at < lines.length) {
    const start = at;
    at = stretchEnd(lines, start, level);
    const stretch = lines.slice(start, at);
    if ((stretch[0]?.depth ?? 0) > level) {
      blocks.push(markedQuote(stretch, level, depth, [], found));
      continue;
    }
    const older = depth < depthLimit ? firstOlder(stretch) : null;
    if (older !== null) {
      // An older message runs to the end: what it quotes in turn is inside it.
      const end = older.index + older.message.length;
      blocks.push(...ownWords(textsOf(stretch.slice(0, older.index))));
      const introduction = textsOf(stretch.slice(older.index, end));
      const block = { ...quote(lines.slice(start + end), level, depth, introduction, found), folded: false };
      found.older.set(block, older.message);
      blocks.push(block);
      return blocks;
    }
    const texts = textsOf(stretch);
    const attribution = at < lines.length ? attributionLength(texts) : 0;
    blocks.push(...ownWords(texts.slice(0, texts.length - attribution)));
    if (attribution > 0) {
      const quoted = lines.slice(at, stretchEnd(lines, at, level));
      blocks.push(markedQuote(quoted, level, depth, texts.slice(-attribution), found));
      at += quoted.length;
    }
  }
  return blocks;
}

const textsOf = (lines: readonly Line[]) => lines.map(({ text }) => text);

/** What an older message may begin with: a line between dashes, or one with a colon. */
const mayBegin = /^\s*-{3}|[:：]/u;
/** A header block has no more lines than this. */
const blockLines = 60;

function firstOlder(lines: readonly Line[]): { index: number; message: OlderMessage } | null {
  for (const [index, line] of lines.entries()) {
    if (!mayBegin.test(line.text.slice(0, 400))) continue;
    const message = olderMessageAt(textsOf(lines.slice(index, index + blockLines)), 0);
    if (message !== null) return { index, message };
  }
  return null;
}

/** Where the lines stop being quoted, or stop not being. Blank lines between quoted ones belong to the quote. */
function stretchEnd(lines: readonly Line[], start: number, level: number): number {
  const isQuoted = (lines[start]?.depth ?? 0) > level;
  let end = start;
  for (let at = start; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined) break;
    if (line.depth > level === isQuoted) end = at + 1;
    else if (!isQuoted || line.text !== "") break;
  }
  return end;
}

/** A quote marked with ">": depths that no line has are skipped, so ">>" without ">" is one quote. */
function markedQuote(
  lines: readonly Line[],
  outer: number,
  depth: number,
  attribution: readonly string[],
  found: Found,
): Quote {
  // Blank lines in between may be marked less: counting them would never get deeper.
  const marked = lines.filter((line) => line.depth > outer).map((line) => line.depth);
  const level = marked.reduce((least, next) => Math.min(least, next), Number.POSITIVE_INFINITY);
  return quote(lines, level, depth, attribution, found);
}

function quote(
  lines: readonly Line[],
  level: number,
  depth: number,
  attribution: readonly string[],
  found: Found,
): Quote {
  return {
    kind: "quote",
    depth: depth + 1,
    folded: found.conversation.isAnswer && lines.length > openQuoteLines,
    attribution: toRuns(attribution.join("\n").trim()),
    blocks: blocksAt(lines, level, depth + 1, found),
  };
}

function ownWords(texts: readonly string[]): TextBlock[] {
  const separator = texts.findLastIndex((text) => text === "-- " || text === "--");
  const words = trimmed(separator === -1 ? texts : texts.slice(0, separator));
  const signature = separator === -1 ? "" : trimmed(texts.slice(separator + 1));
  const blocks: TextBlock[] = [];
  if (words !== "") blocks.push({ kind: "text", runs: toRuns(words) });
  if (signature !== "") blocks.push({ kind: "signature", runs: toRuns(signature) });
  return blocks;
}

function trimmed(texts: readonly string[]): string {
  return texts
    .join("\n")
    .replace(/^(?:[ \t]*\n)+/u, "")
    .trimEnd();
}
