/** Words that a reader sees and that no catalogue has. */
import ts from "typescript";
import { everyNode, placeOf, type Source } from "./sources.ts";

/** The product's name, and what has no words. */
const isName = (text: string): boolean => /^[^\p{Letter}]*(?:Latchkey)?[^\p{Letter}]*$/u.test(text);

/** "Bearer …" and "(prefers-color-scheme: dark)" are for programs. */
const isProtocol = (text: string): boolean => /^Bearer |^\([\w-]+:/.test(text);

/** "Newer", "(no subject)", "Held back by Gmail": no class name, no key, no address. */
const isSentence = (text: string): boolean =>
  /^[“"'([]?\p{Lu}\p{Ll}+(?:[ .,:!?…]|$)|^\(\p{Ll}|\p{Ll}[.!?]( |$)/u.test(text.trim());

/** Attributes whose text is shown or read aloud. */
const spoken =
  /^(?:title|alt|placeholder|label|aria-(?:label|description|roledescription|valuetext|placeholder))$/;

/** What takes words for whoever runs this server, for a programmer or for a program: they are English. */
const isNotForReaders = (node: ts.Node): boolean => {
  for (let above = node.parent; above; above = above.parent) {
    if (ts.isJsxAttribute(above) && above.name.getText() === "className") return true;
    if (ts.isTaggedTemplateExpression(above) || ts.isThrowStatement(above) || ts.isTypeNode(above))
      return true;
    if (ts.isNewExpression(above) && /Error|Pause$/.test(above.expression.getText())) return true;
    if (ts.isCallExpression(above) && /^(?:log|console)\b|^super$|Error$/.test(above.expression.getText()))
      return true;
  }
  return false;
};

/** A line for every text in a page or component, and every sentence beside them, that is not from a catalogue. */
export function visibleWords(source: Source): string[] {
  return everyNode(source).flatMap((node) => {
    const text = textOf(node);
    return text === null ? [] : [`${placeOf(source, node)}: “${text.trim()}” is in no catalogue`];
  });
}

function textOf(node: ts.Node): string | null {
  if (ts.isJsxText(node)) return isName(node.text) ? null : node.text;
  if (ts.isJsxAttribute(node)) {
    const value = node.initializer;
    const isSpoken = spoken.test(node.name.getText());
    return isSpoken && value && ts.isStringLiteral(value) && !isName(value.text) ? value.text : null;
  }
  const text = ts.isStringLiteralLike(node)
    ? node.text
    : ts.isTemplateExpression(node)
      ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("…")
      : null;
  if (text === null || isName(text) || isProtocol(text) || !isSentence(text)) return null;
  // One word with a capital is a type or a table outside of pages and components.
  if (!/^(?:app|components)\//.test(node.getSourceFile().fileName) && !text.includes(" ")) return null;
  return isNotForReaders(node) ? null : text;
}
