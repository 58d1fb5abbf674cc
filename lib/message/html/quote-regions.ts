/** Where sanitized markup quotes, and where its author speaks: the message as a sequence of the two. */

import { type ChildNode, type Element, isTag, isText } from "domhandler";
import { hasInk } from "../mime/visible-text.ts";
import { markerAttribute, type QuoteMarker } from "./quote-markers.ts";

export interface Region {
  readonly kind: "cite" | "box" | "header";
  first: ChildNode;
  /** A sibling of the first; null when it runs on to the end of what holds it. */
  readonly last: ChildNode | null;
  /** The author has written into it. */
  hasNewWords: boolean;
}

export type Piece =
  | { readonly kind: "own"; readonly text: string }
  | { readonly kind: "quote"; readonly region: Region };

/** What stands for a picture among words. */
const picture = "\ufffc";

/** @param nodes all of a message, with {@link markerAttribute}s. */
export function readPieces(nodes: readonly ChildNode[]): Piece[] {
  const pieces: Piece[] = [];
  walk(nodes, pieces);
  return pieces;
}

/** An older message that runs on to the end of what holds it. */
interface Rest {
  readonly region: Region;
  /** Something marked as quoted has ended within it: words from here on may answer that. */
  isAfterQuote: boolean;
}

/** @returns the older message that began among these nodes and runs on beyond them, if one did */
function walk(nodes: readonly ChildNode[], pieces: Piece[]): Rest | null {
  let rest: Rest | null = null;
  let introduction: Element | null = null;
  for (const node of nodes) {
    if (rest !== null) {
      runOn(rest, node);
    } else if (isTag(node) && markerOf(node) === "said") {
      if (introduction !== null) say(introduction, pieces);
      introduction = node;
    } else if (introduction === null || !isVisible(node)) {
      rest = visit(node, pieces);
    } else {
      const next = pieces.length;
      rest = visit(node, pieces);
      const piece = pieces[next];
      const introduced = piece?.kind === "quote" && piece.region.first === node ? piece.region : null;
      if (introduced !== null) introduced.first = introduction;
      else pieces.splice(next, 0, { kind: "own", text: textOf(introduction) });
      introduction = null;
    }
  }
  if (introduction !== null) say(introduction, pieces);
  return rest;
}

function visit(node: ChildNode, pieces: Piece[]): Rest | null {
  if (!isTag(node) || isPicture(node)) {
    say(node, pieces);
    return null;
  }
  if (isHidden(node)) return null;
  const marker = markerOf(node);
  if (marker === "cite") {
    if (isVisible(node)) pieces.push(quote("cite", node));
    return null;
  }
  if (marker === "header") {
    const piece = quote("header", node);
    pieces.push(piece);
    return { region: piece.region, isAfterQuote: false };
  }
  const before = pieces.length;
  const rest = walk(node.children, pieces);
  if (marker === "box" && pieces.length > before && isAllQuote(pieces.slice(before), rest)) {
    pieces.length = before;
    pieces.push(quote("box", node));
    return null;
  }
  if (rest === null) return null;
  if (node.name === "div" && pieces.length === before + 1) {
    // Boxes that hold nothing before it belong to it, and so does what follows them.
    rest.region.first = node;
    return rest;
  }
  return null;
}

function quote(kind: Region["kind"], node: Element): Extract<Piece, { kind: "quote" }> {
  const last = kind === "header" ? null : node;
  return { kind: "quote", region: { kind, first: node, last, hasNewWords: false } };
}

/** A line that introduces a quote is no longer than this. */
const introductionLimit = 300;

/** What is in a box: quotes and a line that introduces them, or nothing but words. Its author has written nothing into it. */
function isAllQuote(inside: readonly Piece[], rest: Rest | null): boolean {
  if (rest?.region.hasNewWords) return false;
  const first = inside.findIndex(({ kind }) => kind === "quote");
  if (first === -1) return true;
  const introduction = inside.slice(0, first).map((piece) => (piece.kind === "own" ? piece.text : ""));
  const length = introduction.reduce((sum, text) => sum + text.length, 0);
  const introduces =
    length === 0 || (length <= introductionLimit && /[:：]\s*$/u.test(introduction.join("")));
  return introduces && inside.slice(first).every(({ kind }) => kind === "quote");
}

/** One more node of an older message: typed by this author, or standing after what is marked as quoted, it is new. */
function runOn(rest: Rest, node: ChildNode): void {
  if (isTag(node) && node.name === "blockquote") {
    rest.isAfterQuote = true;
  } else if (isTag(node) && !isPicture(node) && markerOf(node) !== "typed") {
    for (const child of node.children) runOn(rest, child);
  } else if (isVisible(node)) {
    const isTyped = isTag(node) && !isPicture(node);
    rest.region.hasNewWords ||= rest.isAfterQuote || isTyped;
  }
}

function say(node: ChildNode, pieces: Piece[]): void {
  const text = textOf(node);
  if (isText(node) ? hasInk(text) : isVisible(node)) pieces.push({ kind: "own", text });
}

function textOf(node: ChildNode): string {
  if (isText(node)) return node.data;
  if (!isTag(node) || isHidden(node)) return "";
  return isPicture(node) ? picture : node.children.map(textOf).join("");
}

function isVisible(node: ChildNode): boolean {
  if (isText(node)) return hasInk(node.data);
  return isTag(node) && !isHidden(node) && (isPicture(node) || node.children.some(isVisible));
}

/** Styles by which newsletters hide what only lists are to show. */
const hides =
  /(?:^|;)\s*(?:display:\s*none|visibility:\s*hidden|(?:font-size|opacity|max-height|max-width):\s*0(?:px|em|pt|%)?\s*(?:!|;|$))/iu;

/** What nobody sees: it is neither an author's word nor a picture. A picture of a dot is one, too. */
function isHidden({ name, attribs }: Element): boolean {
  const isDot =
    name === "img" && /^[0-2]$/u.test(attribs.width ?? "") && /^[0-2]$/u.test(attribs.height ?? "");
  return isDot || hides.test(attribs.style ?? "");
}

export const isPicture = ({ name }: Element) => name === "img";

const markerOf = (element: Element) => (element.attribs[markerAttribute] ?? null) as QuoteMarker | null;
