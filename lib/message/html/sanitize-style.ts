/**
 * The style attribute of a mail, reduced to what cannot load, cover or hide anything of ours. What is not known to be
 * harmless is dropped: a declaration survives when its property is listed and every token of its value is.
 * @see https://www.w3.org/TR/css-syntax-3/
 */

export interface CleanStyle {
  /** Declarations that were kept, for a style attribute; empty when none was. */
  readonly style: string;
  /** How many images the declarations would have loaded. */
  readonly images: number;
}

const properties = new Set(
  `background background-color border border-bottom border-bottom-color border-bottom-left-radius
  border-bottom-right-radius border-bottom-style border-bottom-width border-collapse border-color border-left
  border-left-color border-left-style border-left-width border-radius border-right border-right-color
  border-right-style border-right-width border-spacing border-style border-top border-top-color
  border-top-left-radius border-top-right-radius border-top-style border-top-width border-width box-sizing
  caption-side clear color direction display empty-cells float font font-family font-size font-stretch font-style
  font-variant font-weight height letter-spacing line-height list-style list-style-position list-style-type margin
  margin-bottom margin-left margin-right margin-top max-height max-width min-height min-width opacity overflow
  overflow-wrap overflow-x overflow-y padding padding-bottom padding-left padding-right padding-top table-layout
  text-align text-decoration text-decoration-color text-decoration-line text-decoration-style text-indent
  text-transform unicode-bidi vertical-align visibility white-space width word-break word-spacing word-wrap`.split(
    /\s+/u,
  ),
);

/**
 * One token of a value: a function whose arguments are plain, a colour, a number with its unit, a word, a string as font
 * names are. Of units only those that measure letters and paper: the frame is made as tall as what is in it, so what is
 * measured by the frame (`vh`, `dvh`, `vmin`, `vb`, `cqh` and their kin) would grow with it for ever.
 * @see https://www.w3.org/TR/css-values-4/#viewport-relative-lengths
 */
const tokenPattern =
  /^(?:(?:rgba?|hsla?)\([\d\s.,%/+a-z-]{1,80}\)|(?:#[\da-f]{3,8}|[+-]?(?:\d{1,6}(?:\.\d{0,10})?|\.\d{1,10})(?:%|px|pt|pc|in|cm|mm|q|em|rem|ex|ch|cap|ic|lh|rlh)?|-?[a-z][\w-]{0,40})(?![\w.%#(-])|"[^"\\<>&\n()@*:;]{0,80}"|'[^'\\<>&\n()@*:;]{0,80}'|,|\/)\s*/iu;
const loads = /url\s*\(|image-set\s*\(|\bimage\s*\(|cross-fade\s*\(/giu;
/** Longer attributes are not worth their time: the longest honest ones are pasted from word processors, about 2 kB. */
const lengthLimit = 20_000;
const valueLimit = 400;

/** Cleans the value of a style attribute. CSS escapes are nowhere honest in mail: a declaration with one is dropped. */
export function cleanStyle(source: string): CleanStyle {
  if (source.length > lengthLimit) return { style: "", images: 0 };
  const images = source.match(loads)?.length ?? 0;
  const kept: string[] = [];
  for (const declaration of source.replace(/\/\*.*?(?:\*\/|$)/gsu, " ").split(";")) {
    const colon = declaration.indexOf(":");
    if (colon === -1) continue;
    const property = declaration.slice(0, colon).trim().toLowerCase();
    const value = cleanValue(property, declaration.slice(colon + 1).trim());
    if (value !== null) kept.push(`${property}:${value}`);
  }
  return { style: kept.join(";"), images };
}

function cleanValue(property: string, written: string): string | null {
  if (!properties.has(property) || written.length > valueLimit) return null;
  const important = /!\s*important$/iu.exec(written);
  const value = (important === null ? written : written.slice(0, important.index)).trim();
  const plain = property === "background" ? (backgroundColor(value) ?? "") : value;
  if (!isPlain(plain) || isCovering(property, plain)) return null;
  if (property.endsWith("height") && frameHigh.test(plain)) return null;
  return important === null ? plain : `${plain} !important`;
}

/** The colour of a background that also names an image, a position and the like. */
function backgroundColor(value: string): string | null {
  const rest = value.replace(/url\((?:"[^"]*"|'[^']*'|[^)"']*)\)/giu, " ").trim();
  if (isPlain(rest) && !rest.includes(",")) return rest;
  return /(?:rgba?|hsla?)\([^()]{1,80}\)|#[\da-f]{3,8}\b/iu.exec(rest)?.[0] ?? null;
}

function isPlain(value: string): boolean {
  let rest = value;
  while (rest !== "") {
    const token = tokenPattern.exec(rest)?.[0] ?? "";
    if (token === "") return false;
    rest = rest.slice(token.length);
  }
  return value !== "";
}

/** Lets nothing be drawn outside its place: negative margins and indents move a thing over its neighbours. */
function isCovering(property: string, value: string): boolean {
  return (
    /^(?:margin|text-indent|letter-spacing|word-spacing)/u.test(property) &&
    /(?:^|\s)-\s*[\d.]{3}/u.test(value)
  );
}

/** Words that make a box as tall as what holds it, which in the end is the frame. */
const frameHigh = /^(?:-webkit-fill-available|-moz-available|stretch|fill|fill-available)$/iu;
