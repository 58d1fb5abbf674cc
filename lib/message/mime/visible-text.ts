/**
 * Text that cannot lie by what it hides: controls, bidi overrides and invisible padding are taken out.
 * @see https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */

/** C0, DEL and C1, and Unicode's line and paragraph separators. */
const controls = /[\p{Cc}\u2028\u2029]+/gu;
/** Embeddings, overrides, isolates and the Arabic letter mark: they reorder what stands around them. */
const bidiControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** Characters without a picture that never carry meaning in a name. */
const invisibles = /[\u00ad\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb]|\u{e0001}/gu;
/** Runs of space and of what newsletters pad their preview text with. */
const padding =
  /[\u034f\u17b4\u17b5\s\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0]+/gu;
const joiners = /^[\u200c\u200d]$/u;

/** No script piles so many marks upon a letter. More of them cover the lines around, and tens of thousands end a browser. */
const piledMarks = /([\p{Mn}\p{Me}]{16})[\p{Mn}\p{Me}]+/gu;

/** The text without marks piled upon each other beyond what can be read. */
export const unpiled = (text: string): string => text.replace(piledMarks, "$1");

/** Whether anything of a text is seen. A braille cell without dots and a joiner by itself are not. */
export const hasInk = (text: string): boolean =>
  /[^\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text);

/** One line of plain characters: for subjects, names and file names. */
export function oneLine(text: string): string {
  return unpiled(text)
    .replace(bidiControls, "")
    .replace(invisibles, "")
    .replace(controls, " ")
    .replace(/\s+/gu, " ")
    .trim()
    .toWellFormed();
}

/** Like {@link oneLine}, and without padding that shows as nothing; a single joiner inside a word stays. */
export function withoutPadding(text: string): string {
  return text
    .replace(padding, (run) => (joiners.test(run) ? run : /[\s\u2800\u3164]/u.test(run) ? " " : ""))
    .replace(controls, "")
    .trim()
    .toWellFormed();
}

/** Body text: line breaks and tabs stay, other controls go. */
export function printable(text: string): string {
  return unpiled(text)
    .replace(/\r\n?|[\u2028\u2029\f]/gu, "\n")
    .replace(/[^\P{Cc}\n\t]|\ufeff/gu, "")
    .toWellFormed();
}

/** At most `limit` UTF-16 units, ending in "…" where something was cut; never half a character. */
export function clipped(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/u, "")}…`;
}
