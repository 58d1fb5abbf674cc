/**
 * The style attribute of a mail, reduced to what cannot load, cover or hide anything of ours. What is not known to be
 * harmless is dropped: a declaration survives when its property is listed and every token of its value is.
 * @see https://www.w3.org/TR/css-syntax-3/
 */

import { type CssNode, type Declaration, parse } from "css-tree";
import { cleanValue, type StyleContext } from "./css-value.ts";

/** Longer attributes are not worth their time: the longest honest ones are pasted from word processors, about 2 kB. */
const lengthLimit = 20_000;

/** The declarations that may stay of a style attribute or of a rule's block; empty when none may. */
export function cleanStyle(source: string, context: StyleContext): string {
  if (source.trim() === "" || source.length > lengthLimit || nestsDeep(source)) return "";
  const list = parse(source, { context: "declarationList", parseValue: false });
  return list.type === "DeclarationList" ? cleanDeclarations(list.children, context) : "";
}

/** The parser calls itself for each of these: deeper than any honest style goes, it would run out of stack. */
function nestsDeep(css: string): boolean {
  let depth = 0;
  for (const [bracket] of css.matchAll(/[([{}\])]/gu)) {
    depth = "([{".includes(bracket) ? depth + 1 : Math.max(0, depth - 1);
    if (depth > 16) return true;
  }
  return false;
}

function cleanDeclarations(nodes: Iterable<CssNode>, context: StyleContext): string {
  const kept: string[] = [];
  for (const node of nodes) {
    const declaration = node.type === "Declaration" ? cleanDeclaration(node, context) : "";
    if (declaration !== "") kept.push(declaration);
  }
  return kept.join(";");
}

function cleanDeclaration({ property, value, important }: Declaration, context: StyleContext): string {
  if (value.type !== "Raw") return "";
  const name = property.toLowerCase();
  const clean = cleanValue(name, value.value, context);
  if (clean === null) return "";
  return `${name}:${clean}${important ? "!important" : ""}${asOnPicture(clean)}`;
}

/** What stands on a picture that is shown has the light theme's colours: nobody knows how dark the picture is. */
export function asOnPicture(value: string): string {
  const number = /var\(--picture-(\d+)/u.exec(value)?.[1];
  return number === undefined ? "" : `;color-scheme:var(--scheme-${number})`;
}
