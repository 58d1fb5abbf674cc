/**
 * The style sheets of a mail, reduced to rules that concern its own markup alone. Every rule that comes out was put together
 * here, from selectors, properties and values that were each understood; nothing is copied as it stood.
 * @see https://www.w3.org/TR/css-syntax-3/
 */

import { tokenize } from "css-tree";
import { Parser } from "htmlparser2";
import { cleanSelectors } from "./css-selector.ts";
import type { StyleContext } from "./css-value.ts";
import { cleanMedia, darkScheme } from "./media-query.ts";
import { cleanStyle } from "./sanitize-style.ts";

/** Characters of all style sheets of a mail; one that goes beyond is left out. */
const lengthLimit = 1_000_000;
const selectorsLimit = 10_000;
const mediaNesting = 2;

export interface StyleSheet {
  /** Of the element's `media` attribute; empty when it has none. */
  readonly media: string;
  readonly text: string;
}

/** The style sheets in a mail's markup, in their order. */
export function styleSheetsIn(html: string): StyleSheet[] {
  if (!/<style/iu.test(html)) return [];
  const sheets: StyleSheet[] = [];
  let open: { readonly media: string; text: string } | null = null;
  let left = lengthLimit;
  const parser = new Parser({
    onopentag: (name, { media = "" }) => {
      if (name === "style") open = { media: /^\s*(?:all|screen)\s*$/iu.test(media) ? "" : media, text: "" };
    },
    ontext: (text) => {
      if (open !== null) open.text += text;
    },
    onclosetag: (name) => {
      if (name !== "style" || open === null) return;
      left -= open.text.length;
      if (left >= 0) sheets.push(open);
      open = null;
    },
  });
  parser.write(html);
  parser.end();
  return sheets;
}

/** The rules that may stay. Each sheet is read by itself: one that is not closed takes nothing with it. No `<` is in them. */
export function cleanStyleSheets(sheets: readonly StyleSheet[], context: StyleContext): string {
  const all = new Sheet(context);
  const written = sheets.map(({ media, text }) => {
    const condition = media === "" ? "" : cleanMedia(media);
    if (condition === null || text.trim() === "") return "";
    const rules = all.rules(text, condition === "" ? 0 : 1);
    return condition === "" || rules === "" ? rules : `@media ${condition}{${rules}}\n`;
  });
  return written.join("").replaceAll("<", "");
}

/** Whether a mail has a design of its own for the dark: grounds that hold there alone. Text alone would stand on white. */
export function hasDarkDesign(sheets: readonly StyleSheet[]): boolean {
  if (!sheets.some(({ media, text }) => /prefers-color-scheme/iu.test(media + text))) return false;
  const clean = cleanStyleSheets(sheets, { adapts: false, pictures: [], hasColors: false });
  return clean
    .split("@media ")
    .slice(1)
    .some((rule) => rule.slice(0, 200).includes(darkScheme) && /[{;]background/u.test(rule));
}

class Sheet {
  #selectors = 0;
  readonly #context: StyleContext;

  constructor(context: StyleContext) {
    this.#context = context;
  }

  rules(source: string, depth: number): string {
    let written = "";
    for (const { prelude, block } of blocksIn(source)) {
      if (prelude.startsWith("@")) written += this.#media(prelude, block, depth);
      else written += this.#rule(prelude, block);
    }
    return written;
  }

  #rule(prelude: string, block: string): string {
    if (this.#selectors >= selectorsLimit) return "";
    const selectors = cleanSelectors(prelude).slice(0, selectorsLimit - this.#selectors);
    if (selectors.length === 0) return "";
    this.#selectors += selectors.length;
    const { own, conditional } = partsOf(block);
    return [{ condition: "", text: own }, ...conditional]
      .map((part) => this.#styled(selectors, part))
      .join("");
  }

  #styled(selectors: readonly string[], { condition, text }: Part): string {
    const [clean, declarations] = [condition && cleanMedia(condition), cleanStyle(text, this.#context)];
    if (clean === null || declarations === "") return "";
    const rule = `${selectors.join(",")}{${declarations}}\n`;
    return clean === "" ? rule : `@media ${clean}{${rule}}\n`;
  }

  #media(prelude: string, block: string, depth: number): string {
    const condition = depth < mediaNesting ? mediaCondition(prelude) : undefined;
    const clean = condition === undefined ? null : cleanMedia(condition);
    const rules = clean === null ? "" : this.rules(block, depth + 1);
    return rules === "" ? "" : `@media ${clean}{${rules}}\n`;
  }
}

interface Block {
  readonly prelude: string;
  readonly block: string;
  /** Where both together begin and end. */
  readonly from: number;
  readonly to: number;
}

/**
 * The outermost blocks of a sheet with what stands before each, in time that grows with its length alone: a whole parser's way
 * to go on after an error looks at all that follows, once for each error.
 */
function blocksIn(source: string): Block[] {
  const found: Block[] = [];
  let [start, opened, depth] = [0, 0, 0];
  const close = (end: number, to: number) => {
    const prelude = withoutComments(source.slice(start, opened));
    found.push({ prelude, block: source.slice(opened + 1, end), from: start, to });
    start = to;
  };
  tokenize(source, (_type, from, to) => {
    const token = to - from === 1 ? source[from] : "";
    if (token === "{") {
      if (depth === 0) opened = from;
      depth += 1;
    } else if (token === "}" && depth > 0) {
      depth -= 1;
      if (depth === 0) close(from, to);
    } else if (depth === 0 && (token === "}" || token === ";")) {
      start = to;
    }
  });
  if (depth > 0) close(source.length, source.length);
  return found;
}

interface Part {
  readonly condition: string;
  readonly text: string;
}

/** What a rule's block says always, and what under a condition: Tailwind writes `@media` within its rules. */
function partsOf(block: string): { own: string; conditional: Part[] } {
  if (!block.includes("{")) return { own: block, conditional: [] };
  const conditional = blocksIn(block).flatMap(({ prelude, block: text }) => {
    const condition = mediaCondition(prelude);
    return condition === undefined || text.includes("{") ? [] : [{ condition, text }];
  });
  let own = block;
  for (const { from, to } of blocksIn(block).toReversed()) own = `${own.slice(0, from)};${own.slice(to)}`;
  return { own, conditional };
}

const mediaCondition = (prelude: string): string | undefined => /^@media\b(.*)$/isu.exec(prelude)?.[1];

/** Also without the marks that hid style sheets from browsers of the last century. */
const withoutComments = (prelude: string): string =>
  prelude.replace(/\/\*.*?(?:\*\/|$)|<!--|-->/gsu, " ").trim();
