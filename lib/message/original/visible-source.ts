/**
 * Text that hides nothing: what a screen would not show is written out. The opposite of what names and subjects get, where it
 * is taken away.
 * @see https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */

/** Controls but tab and line feed, what turns text around, what has no width or no picture, and halves of characters. */
const hidden =
  /[^\P{Cc}\t\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u2800\u3164\uffa0]|\u034f|\u17b4|\u17b5|[\u{e0100}-\u{e01ef}]/gu;

/** "⟨U+202E⟩" for what is hidden, "⟨E9⟩" for a byte that is no text. @param text as `sourceText` gives it */
export function visibleSource(text: string): string {
  return text.replace(/\r\n/gu, "\n").replace(hidden, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const isByte = code >= 0xdc80 && code <= 0xdcff;
    const digits = (isByte ? code - 0xdc00 : code).toString(16).toUpperCase();
    return isByte ? `⟨${digits}⟩` : `⟨U+${digits.padStart(4, "0")}⟩`;
  });
}
