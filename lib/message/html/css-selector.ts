/**
 * Selectors of a mail's style sheet, rewritten so that they match what the sanitizer left of that mail and nothing else: below
 * the mail's own root, with its own names, and never the folds that we put around quotes.
 * @see https://www.w3.org/TR/selectors-4/
 */

import { type AttributeSelector, type CssNode, generate, parse, type Selector } from "css-tree";
import { namePrefix } from "./css-names.ts";

/** In selectors: the element around all of a mail, and what stands for its `<body>`. Without weight. */
const [root, body] = [":where(.mail)", ":where(.mail-body)"];
/** What is ours within a mail: folds, what is said of a link, and its address on paper. */
const notOurs = ":where(:not(.quoted,.quoted>summary,.link-note,.print-address))";

const lengthLimit = 1_000;
const partsLimit = 40;

const simplePseudoClasses = new Set(
  `active any-link empty first-child first-of-type focus focus-visible focus-within hover last-child last-of-type link
  only-child only-of-type target visited`.split(/\s+/u),
);
const nthPseudoClasses = new Set("nth-child nth-last-child nth-of-type nth-last-of-type".split(" "));
const listPseudoClasses = new Set("is not where".split(" "));
const pseudoElements = new Set("after before first-letter first-line marker".split(" "));
const attributes = new Set(
  `align alt bgcolor border cellpadding cellspacing class color dir face height href id lang size span src style title type
  valign width`.split(/\s+/u),
);

/** The selectors of a list that may stay, rewritten. Unlike in a browser, a bad one does not take the others with it. */
export function cleanSelectors(source: string): string[] {
  if (source.length > lengthLimit * 20 || /[<{}@]|(?:\([^)]*){5}/u.test(source)) return [];
  return split(source).flatMap((written) => {
    const selector = written.length > lengthLimit ? null : parsed(written);
    const clean = selector && scoped(selector);
    return clean ? [clean] : [];
  });
}

/** At the commas that stand in no brackets and no string. */
function split(source: string): string[] {
  const pieces: string[] = [];
  let [start, depth, quote] = [0, 0, ""];
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at] ?? "";
    if (character === "\\") at += 1;
    else if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === "(" || character === "[") depth += 1;
    else if (character === ")" || character === "]") depth -= 1;
    else if (character === "," && depth === 0) {
      pieces.push(source.slice(start, at));
      start = at + 1;
    }
  }
  return [...pieces, source.slice(start)];
}

function parsed(source: string): Selector | null {
  try {
    const selector = parse(source.trim(), { context: "selector" });
    return selector.type === "Selector" ? selector : null;
  } catch {
    return null; // Not CSS: browsers drop it, too.
  }
}

function scoped(selector: Selector): string | null {
  const text = rewritten(selector);
  if (text === null) return null;
  return text.startsWith(root) ? text : `${root} ${text}`;
}

/** Null when any part of it is not known to be harmless. */
function rewritten({ children }: Selector): string | null {
  if (children.size > partsLimit || (children.first?.type ?? "Combinator") === "Combinator") return null;
  let text = "";
  let end = "";
  let isNamed = false;
  const close = () => {
    // What carries a name of the mail's own is none of ours.
    text += (isNamed ? "" : notOurs) + end;
    [isNamed, end] = [false, ""];
  };
  for (const node of children) {
    if (node.type === "Combinator") {
      close();
      if (!/^[\s>+~]$/u.test(node.name)) return null;
      text += node.name;
      continue;
    }
    const part = simple(node);
    // Nothing follows a pseudo-element but what would style it in a certain state.
    if (part === null || end !== "") return null;
    if (part.startsWith("::")) end = part;
    else text += part;
    isNamed ||= /^[.#]|^:where\(\.mail/u.test(part);
  }
  close();
  return text;
}

function simple(node: CssNode): string | null {
  switch (node.type) {
    case "TypeSelector":
      return element(node.name.toLowerCase());
    case "ClassSelector":
      return `.${namePrefix}${node.name}`;
    case "IdSelector":
      return `#${namePrefix}${node.name}`;
    case "AttributeSelector":
      return attribute(node);
    case "PseudoElementSelector":
      return node.children === null && pseudoElements.has(node.name.toLowerCase())
        ? `::${node.name.toLowerCase()}`
        : null;
    case "PseudoClassSelector":
      return pseudoClass(node.name.toLowerCase(), node.children);
    default:
      return null;
  }
}

function element(name: string): string | null {
  if (name === "html") return root;
  if (name === "body") return body;
  return name === "*" || (/^[a-z][a-z\d]{0,20}$/u.test(name) && !/^(?:details|summary)$/u.test(name))
    ? name
    : null;
}

function attribute({ name: { name }, matcher, value, flags }: AttributeSelector): string | null {
  const attributeName = name.toLowerCase();
  if (!attributes.has(attributeName) || (flags !== null && flags.toLowerCase() !== "i")) return null;
  if (value === null || matcher === null) return `[${attributeName}]`;
  const written = value.type === "String" ? value.value : value.name;
  if (/[\\<>]|\p{Cc}/u.test(written)) return null;
  const isName = attributeName === "class" || attributeName === "id";
  const wanted =
    isName && !/^[*$]=$/u.test(matcher) ? written.replace(/[^\s]+/gu, `${namePrefix}$&`) : written;
  return `[${attributeName}${matcher}${JSON.stringify(wanted)}${flags === null ? "" : " i"}]`;
}

function pseudoClass(name: string, children: Iterable<CssNode> | null): string | null {
  if (children === null) {
    if (name === "root") return root;
    // One colon is how CSS 2 wrote them.
    if (pseudoElements.has(name)) return `::${name}`;
    return simplePseudoClasses.has(name) ? `:${name}` : null;
  }
  const [argument, more] = [...children];
  if (argument === undefined || more !== undefined) return null;
  if (nthPseudoClasses.has(name)) {
    const nth = generate(argument);
    return /^(?:odd|even|[+\d n-]{1,20})$/u.test(nth) ? `:${name}(${nth})` : null;
  }
  if (name === "lang" || name === "dir") {
    const word = generate(argument);
    return /^[a-z-]{1,20}$/iu.test(word) ? `:${name}(${word})` : null;
  }
  if (!listPseudoClasses.has(name) || argument.type !== "SelectorList") return null;
  const inner = [...argument.children].map((child) => (child.type === "Selector" ? rewritten(child) : null));
  return inner.some((part) => part === null) ? null : `:${name}(${inner.join(",")})`;
}
