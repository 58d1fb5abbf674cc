const longest = 500;

/** Controls, lines' ends of every script, marks that turn or hide text, and halves of signs. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/**
 * What Google's tokens, codes and secrets look like, JSON web tokens, and what this server signs for addresses (an end and a
 * signature), wherever they stand in a text.
 */
const secretLooking =
  /\b(?:ya29\.|1\/\/0|4\/0A|GOCSPX-)[\w.~+/-]{8,}|\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?|\bBearer\s+[\w.~+/=-]{8,}|\b[\da-z]{8}\.[\w-]{22}(?![\w-])/gi;

/**
 * Text from outside as a line of the log may have it: on one line, without what steers a terminal or hides from a reader,
 * without what looks like a token, and not longer than 500 characters.
 */
export function plainWords(text: string, most = longest): string {
  // Cut before it is searched: nobody's megabytes are worth the time. A token that is cut in two is still found.
  const beginning = text.slice(0, most * 4);
  const plain = beginning.replace(unprintable, " ").replace(secretLooking, "[sealed]");
  return plain.length > most || text.length > beginning.length ? `${plain.slice(0, most).trimEnd()}…` : plain;
}

/** The beginning of an error's stack, which says where it was thrown, on one line. */
export const plainStack = ({ stack = "" }: Error): string => plainWords(stack, 2_000);

const deepest = 4;
const mostEntries = 50;

/** Facts of a line of the log, every text in them made plain by {@link plainWords}, with limits on depth and length. */
export function plainFacts(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return plainWords(value);
  if (value instanceof Error) return plainWords(`${value.name}: ${value.message}`);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (depth >= deepest) return "…";
  if (Array.isArray(value)) return value.slice(0, mostEntries).map((entry) => plainFacts(entry, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, mostEntries)
      .map(([name, entry]) => [plainWords(name, 100), plainFacts(entry, depth + 1)]),
  );
}
