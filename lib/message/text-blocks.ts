/** A plain text as a person takes it in: their words, what they quote, their signature. */

import { attributionLength, olderMessageAt } from "./attribution.ts";
import type { Line } from "./flowed.ts";
import { toRuns } from "./links.ts";
import type { TextBlock } from "./types.ts";

type Quote = Extract<TextBlock, { kind: "quote" }>;

/** A quote between the lines of an answer stays open up to this many lines. */
const OPEN_QUOTE_LINES = 20;
/** Older messages within older messages are told apart so many times. */
const DEPTH_LIMIT = 20;

/** Blocks in the order of the text. A trailing quote starts folded, unless there is nothing beside it to read. */
export function toBlocks(lines: readonly Line[]): TextBlock[] {
  const blocks = blocksAt(lines, 0, 0);
  const lastWords = blocks.findLastIndex((block) => block.kind === "text");
  return blocks.map((block, at) => {
    if (block.kind !== "quote" || at < lastWords) return block;
    return { ...block, folded: lastWords >= 0 && !isForwarded(block) };
  });
}

function isForwarded(quote: Quote): boolean {
  const [first] = quote.attribution;
  return first !== undefined && olderMessageAt([first.text.split("\n")[0] ?? ""], 0) === "forwarded";
}

/** `level` is the count of ">" that the author's own lines have here, `depth` how many quotes we are within. */
function blocksAt(lines: readonly Line[], level: number, depth: number): TextBlock[] {
  const blocks: TextBlock[] = [];
  let at = 0;
  while (at < lines.length) {
    const start = at;
    at = stretchEnd(lines, start, level);
    const stretch = lines.slice(start, at);
    if ((stretch[0]?.depth ?? 0) > level) {
      blocks.push(markedQuote(stretch, level, depth, []));
      continue;
    }
    const texts = stretch.map((line) => line.text);
    const older = depth < DEPTH_LIMIT ? texts.findIndex((_, index) => olderMessageAt(texts, index)) : -1;
    if (older !== -1) {
      // An older message runs to the end: what it quotes in turn is inside it.
      blocks.push(...ownWords(texts.slice(0, older)));
      blocks.push(quote(lines.slice(start + older + 1), level, depth, texts.slice(older, older + 1)));
      return blocks;
    }
    const attribution = at < lines.length ? attributionLength(texts) : 0;
    blocks.push(...ownWords(texts.slice(0, texts.length - attribution)));
    if (attribution > 0) {
      const quoted = lines.slice(at, stretchEnd(lines, at, level));
      blocks.push(markedQuote(quoted, level, depth, texts.slice(-attribution)));
      at += quoted.length;
    }
  }
  return blocks;
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
): Quote {
  // Blank lines in between may be marked less: counting them would never get deeper.
  const marked = lines.filter((line) => line.depth > outer).map((line) => line.depth);
  const level = marked.reduce((least, next) => Math.min(least, next), Number.POSITIVE_INFINITY);
  return quote(lines, level, depth, attribution);
}

function quote(lines: readonly Line[], level: number, depth: number, attribution: readonly string[]): Quote {
  return {
    kind: "quote",
    depth: depth + 1,
    folded: lines.length > OPEN_QUOTE_LINES,
    attribution: toRuns(attribution.join("\n").trim()),
    blocks: blocksAt(lines, level, depth + 1),
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
