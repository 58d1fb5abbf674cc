/**
 * One value of a style, judged token by token: it survives when every token is known to be harmless, and comes out as it was
 * understood, never as it was written.
 * @see https://www.w3.org/TR/css-values-4/
 */

import { type CssNode, type FunctionNode, generate, List, parse, type Value } from "css-tree";
import { colorRole, isHeight, isKnownProperty, movesThings } from "./css-properties.ts";
import { inBothThemes, readColor } from "./dark-colors.ts";

/** What styles are cleaned for, and what is found in them on the way. */
export interface StyleContext {
  /** Whether colours are given for both themes. Not where the mail has a dark design of its own. */
  readonly adapts: boolean;
  /** Addresses of pictures that styles name, in the order of their numbers. */
  readonly pictures: string[];
  /** A colour of its own was met. */
  hasColors: boolean;
}

/**
 * Units that measure letters and paper, and shares of what is around. The frame is made as tall as what is in it, so what is
 * measured by the frame (`vh`, `dvh`, `vmin`, `cqh` and their kin) would grow with it for ever.
 * @see https://www.w3.org/TR/css-values-4/#viewport-relative-lengths
 */
const units = new Set("px pt pc in cm mm q em rem ex ch cap ic lh rlh deg grad rad turn fr".split(" "));
const colorFunctions = new Set(
  "rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark".split(" "),
);
const functions = new Set(
  `calc min max clamp fit-content minmax repeat linear-gradient radial-gradient conic-gradient
  repeating-linear-gradient repeating-radial-gradient repeating-conic-gradient circle ellipse inset polygon`.split(
    /\s+/u,
  ),
);
/** Longer values are not worth their time. */
const lengthLimit = 1_000;
/** Unless they hold a picture. */
const pictureLimit = 200_000;
const nestingLimit = 12;

/** The value as it may stand; null when it may not. A value with an escape is nowhere honest in mail. */
export function cleanValue(property: string, written: string, context: StyleContext): string | null {
  const source = written.trim();
  const limit = source.includes("data:image/") ? pictureLimit : lengthLimit;
  if (!isKnownProperty(property) || source === "" || source.length > limit) return null;
  if (/[\\<>@{}]|[^\P{Cc}\s]/u.test(source) || nesting(source) > nestingLimit) return null;
  const value = parsed(source);
  if (value === null) return null;
  const judge = new Judge(property, context);
  const kept = judge.list(value.children);
  if (kept === null) return null;
  context.hasColors ||= judge.hasColors;
  const text = generate({ type: "Value", children: kept });
  return isHeight(property) && frameHigh.test(text) ? null : text;
}

/** Words that make a box as tall as what holds it. */
const frameHigh = /^(?:-webkit-fill-available|-moz-available|stretch|fill|fill-available)$/iu;

function nesting(source: string): number {
  let [depth, deepest] = [0, 0];
  for (const character of source) {
    if (character === "(" || character === "[") deepest = Math.max(deepest, ++depth);
    else if (character === ")" || character === "]") depth -= 1;
  }
  return deepest;
}

function parsed(source: string): Value | null {
  try {
    const value = parse(source, { context: "value" });
    return value.type === "Value" ? value : null;
  } catch {
    return null; // Not CSS: browsers drop it, too.
  }
}

/** A picture behind something, as a value: by its number. What is shown in its place, if anything, is for the frame to say. */
export function pictureValue(address: string, { pictures }: StyleContext): string {
  const known = pictures.indexOf(address);
  return `var(--picture-${known === -1 ? pictures.push(address) - 1 : known},none)`;
}

class Judge {
  hasColors = false;
  readonly #property: string;
  readonly #context: StyleContext;

  constructor(property: string, context: StyleContext) {
    this.#property = property;
    this.#context = context;
  }

  list(nodes: List<CssNode>): List<CssNode> | null {
    const kept = new List<CssNode>();
    for (const node of nodes) {
      const judged = this.#judge(node);
      if (judged === null) return null;
      kept.appendData(judged);
    }
    return kept;
  }

  #judge(node: CssNode): CssNode | null {
    switch (node.type) {
      case "Identifier":
        return /^-{0,2}[a-z][\w-]{0,60}$/iu.test(node.name) ? this.#color(node) : null;
      case "Hash":
        return /^[\da-f]{3,8}$/iu.test(node.value) ? this.#color(node) : null;
      case "Number":
      case "Percentage":
        return this.#isMeasured(node.value) ? node : null;
      case "Dimension":
        return units.has(node.unit.toLowerCase()) && this.#isMeasured(node.value) ? node : null;
      case "Operator":
        return /^[,/+*-]$/u.test(node.value.trim()) ? node : null;
      case "String":
        return /^[^"'\\<>&\n()@*:;{}]{0,80}$/u.test(node.value) ? node : null;
      case "Parentheses":
      case "Brackets": {
        const children = this.list(node.children);
        return children && { ...node, children };
      }
      case "Function":
        return this.#function(node);
      case "Url":
        return this.#picture(node.value);
      default:
        return null;
    }
  }

  #function(node: FunctionNode): CssNode | null {
    const name = node.name.toLowerCase();
    if (colorFunctions.has(name)) {
      const plain =
        /^[\w\s.,%/#()+-]{1,200}$/u.test(generate(node)) && !/url|var|image/iu.test(generate(node));
      return plain ? this.#color(node) : null;
    }
    const children = functions.has(name) ? this.list(node.children) : null;
    return children && { ...node, children };
  }

  #isMeasured(value: string): boolean {
    const size = Number(value);
    return Math.abs(size) < 1_000_000 && !(size <= -100 && movesThings(this.#property));
  }

  /** The colour for either theme; what is none stays as it is. */
  #color(node: CssNode): CssNode | null {
    const role = colorRole(this.#property);
    const color = role === null ? null : readColor(generate(node));
    if (role === null || color === null) return node;
    this.hasColors ||= role !== "line" && color.alpha !== 0;
    return this.#context.adapts ? { type: "Raw", value: inBothThemes(color, role) } : node;
  }

  #picture(address: string): CssNode | null {
    if (!this.#property.startsWith("background")) return null;
    return { type: "Raw", value: pictureValue(address, this.#context) };
  }
}
