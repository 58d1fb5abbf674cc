/** Long runs of letters in sanitized markup are given leave to break anywhere, as `unbroken.ts` does for plain text. */

import { unbroken } from "../text/unbroken.ts";

/** The class that the frame's style sheet knows. */
const open = '<span class="unbroken">';

/** A run may be cut up by elements that break no line; when all of them together are this long, all of the mail may break. */
const scatteredLimit = 2_000;
const inline =
  /^<\/?(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var)[\s>]/u;

/** @param html as the sanitizer writes it: `<` and `>` stand for nothing but tags */
export function markUnbroken(html: string): string {
  let scattered = 0;
  let longest = 0;
  const marked = html.replace(/<[^<>]*>|[^<>]+/gu, (piece) => {
    if (piece.startsWith("<")) {
      if (!inline.test(piece)) scattered = 0;
      return piece;
    }
    const words = piece.split(/\s+/u);
    const [first = "", last = ""] = [words[0], words.at(-1)];
    longest = Math.max(longest, scattered + first.length);
    scattered = words.length > 1 ? last.length : scattered + first.length;
    return piece.length < 500 ? piece : piece.replace(unbroken, (run) => `${open}${run}</span>`);
  });
  return longest > scatteredLimit ? `<div class="unbroken">${marked}</div>` : marked;
}
