/** Senders as they are compared: by address, and by the name that they give. */
import unhomoglyph from "unhomoglyph";

/** Longer ones are no names and no addresses; they are compared by their beginning. */
const comparedCharacters = 320;

/** An address in the form that equal ones share; null for none. Case counts in no mailbox that is in use. */
export function comparableAddress(address: string): string | null {
  const compared = address.slice(0, comparedCharacters).normalize("NFKC").trim().toLowerCase();
  return compared === "" ? null : compared;
}

/**
 * A name in the form that it shares with names that look like it: case, punctuation and the order of its words do not count,
 * and of letters that look alike (Cyrillic "\u0430", Latin "a") one stands for all. Null where nothing is left to compare.
 * @see https://www.unicode.org/reports/tr39/#Confusable_Detection
 */
export function comparableName(name: string): string | null {
  // Capitals and small letters have different doubles: of "I", "l" and "i" one has to stand for all.
  const capitals = unhomoglyph(name.slice(0, comparedCharacters).normalize("NFKC"));
  const plain = unhomoglyph(capitals.toLowerCase()).replaceAll("i", "l");
  const words = plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.length === 0 ? null : words.sort().join(" ");
}
