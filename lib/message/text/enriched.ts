/**
 * text/enriched and its ancestor text/richtext, as plain text.
 * @see https://www.rfc-editor.org/rfc/rfc1896
 * @see https://www.rfc-editor.org/rfc/rfc1341 §7.1.3
 */

/** Commands dropped, their parameters with them; a single line break is a space, n of them are n - 1. */
export function enrichedToText(source: string): string {
  return source
    .replace(/<param>[^<]*<\/param>/giu, "")
    .replace(/\n+/gu, (breaks) => (breaks.length === 1 ? " " : breaks.slice(1)))
    .replace(/<<|<\/?[a-z][\w-]{0,59}>/giu, (command) => (command === "<<" ? "<" : ""));
}

/** The older form: line breaks are spaces, and `<nl>`, `<lt>` and `<np>` stand for characters. */
export function richtextToText(source: string): string {
  return source
    .replace(/<comment>[^<]*<\/comment>/giu, "")
    .replace(/\n+/gu, " ")
    .replace(/<\/?([a-z][\w-]{0,59})>/giu, (_command, name: string) => richtext[name.toLowerCase()] ?? "");
}

const richtext: Readonly<Record<string, string>> = { nl: "\n", np: "\n\n", lt: "<", paragraph: "\n" };
