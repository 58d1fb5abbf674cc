/**
 * Text as a hasty reader sees it. Which letters look alike is Unicode's own table (`unhomoglyph`); it is asked only about letters
 * that are not plain Latin, since it takes "m" for "rn" and "1" for "l", too.
 * @see https://www.unicode.org/reports/tr39/#Confusable_Detection
 */

import unhomoglyph from "unhomoglyph";

/** Where the table stays with small letters for capitals, or with an i for what is drawn as an l: as Chromium has it. */
const exceptions = new Map([
  ["\u04cf", "l"],
  ...["\u0399", "\u0406", "\u04c0", "\u2c92", "\ua4f2"].map((capital) => [capital, "I"] as const),
]);

/** The plain Latin letter or the digit that a character of another kind is taken for; null where it is taken for none. */
export function latinDouble(character: string): string | null {
  if (/^\p{ASCII}$/u.test(character)) return null;
  const double = exceptions.get(character) ?? unhomoglyph(character);
  const isAsGood = /^\p{L}$/u.test(character) ? /^[a-z]$/iu : /^[a-z\d]$/iu;
  return isAsGood.test(double) ? double : null;
}

/** Letters of other alphabets replaced by what they look like, accents and what is invisible taken off. */
export function latinLook(text: string): string {
  return [...text.normalize("NFKC")]
    .map((character) => latinDouble(character) ?? character)
    .join("")
    .normalize("NFD")
    .replace(/[\p{Mn}\p{Cf}]/gu, "")
    .normalize("NFC");
}
