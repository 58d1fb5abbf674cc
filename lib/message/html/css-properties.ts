/**
 * The properties that a mail may set, in a style attribute and in a style sheet alike: those that lay out and colour what is
 * in its own place. Not among them is what loads, runs, covers (`position`, `transform`, `z-index`), hides the pointer or
 * moves by itself.
 */

/** What a colour is for decides what becomes of it in the dark. */
export type ColorRole = "text" | "ground" | "line";

const sides = ["top", "right", "bottom", "left", "block-start", "block-end", "inline-start", "inline-end"];
const axes = ["block", "inline"];
const perSide = (before: string, after = "") => [...sides, ...axes].map((side) => `${before}${side}${after}`);

const properties = new Set([
  ...`align-content align-items align-self aspect-ratio background background-blend-mode background-clip background-color
  background-image background-origin background-position background-position-x background-position-y background-repeat
  background-size block-size border border-collapse border-color border-radius border-spacing border-style border-width
  border-bottom-left-radius border-bottom-right-radius border-end-end-radius border-end-start-radius
  border-start-end-radius border-start-start-radius border-top-left-radius border-top-right-radius box-shadow box-sizing
  break-after break-before break-inside caption-side clear color column-count column-fill column-gap column-rule
  column-rule-color column-rule-style column-rule-width column-span column-width columns content direction display
  empty-cells flex flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap float font font-family
  font-feature-settings font-kerning font-size font-size-adjust font-stretch font-style font-variant font-variant-caps
  font-variant-numeric font-weight gap grid grid-area grid-auto-columns grid-auto-flow grid-auto-rows grid-column
  grid-column-end grid-column-start grid-gap grid-row grid-row-end grid-row-start grid-template grid-template-areas
  grid-template-columns grid-template-rows height hyphenate-character hyphenate-limit-chars hyphens inline-size
  justify-content justify-items justify-self letter-spacing line-break line-height list-style list-style-position
  list-style-type margin max-block-size max-height max-inline-size max-width min-block-size min-height min-inline-size
  min-width mix-blend-mode object-fit object-position opacity order orphans outline outline-color outline-offset
  outline-style outline-width overflow overflow-wrap overflow-x overflow-y padding place-content place-items place-self
  quotes row-gap shape-margin shape-outside tab-size table-layout text-align text-align-last text-decoration
  text-decoration-color text-decoration-line text-decoration-skip-ink text-decoration-style text-decoration-thickness
  text-emphasis text-emphasis-color text-emphasis-position text-emphasis-style text-indent text-justify
  text-orientation text-overflow text-shadow text-transform text-underline-offset text-underline-position text-wrap
  unicode-bidi vertical-align visibility white-space white-space-collapse widows width word-break word-spacing word-wrap
  writing-mode`.split(/\s+/u),
  ...perSide("margin-"),
  ...perSide("padding-"),
  ...["", "-color", "-style", "-width"].flatMap((part) => perSide("border-", part)),
]);

export const isKnownProperty = (property: string): boolean => properties.has(property);

export function colorRole(property: string): ColorRole | null {
  if (property === "color" || /^text-(?:decoration|emphasis)/u.test(property)) return "text";
  if (property.startsWith("background")) return "ground";
  return /^(?:border|outline|column-rule)/u.test(property) ? "line" : null;
}

/** How far a value may move a thing over its neighbours. */
export const movesThings = (property: string): boolean =>
  /^(?:margin|text-indent|letter-spacing|word-spacing|outline-offset|text-underline-offset)/u.test(property);

/** Those that a mail must not make as tall as what holds it, which in the end is the frame. */
export const isHeight = (property: string): boolean => /height$|block-size$/u.test(property);
