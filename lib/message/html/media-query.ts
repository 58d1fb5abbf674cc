/**
 * The conditions of `@media` that a mail may set: about width and about the colour scheme.
 * @see https://www.w3.org/TR/mediaqueries-5/
 */

const types = new Set(["all", "screen", "print"]);
const length = /^\d{1,5}(?:\.\d{1,4})?(?:px|em|rem|pt)$|^0$/u;
const width = /^(?:(min|max)-)?(?:device-)?width\s*:\s*(\S+)$/u;
const range = /^width\s*(<=?|>=?|=)\s*(\S+)$/u;
const scheme = /^prefers-color-scheme\s*:\s*(dark|light)$/u;

/** The condition of a mail's dark design, as {@link cleanMedia} writes it. */
export const darkScheme = "(prefers-color-scheme:dark)";

/** The list of queries that may stay; null when none may. */
export function cleanMedia(source: string): string | null {
  if (source.length > 1_000) return null;
  const kept = source
    .toLowerCase()
    .split(",")
    .flatMap((query) => cleanQuery(query.trim()) ?? []);
  return kept.length === 0 ? null : kept.join(",");
}

function cleanQuery(query: string): string | null {
  const parts = query.split(/\s+and\s+|\band(?=\s*\()/u).map((part) => part.trim());
  const kept = parts.map((part, at) =>
    at === 0 ? (cleanType(part) ?? cleanFeature(part)) : cleanFeature(part),
  );
  return kept.some((part) => part === null) ? null : kept.join(" and ");
}

function cleanType(part: string): string | null {
  const [, modifier = "", type = ""] = /^(?:(only|not)\s+)?([a-z]+)$/u.exec(part) ?? [];
  return types.has(type) ? `${modifier}${modifier && " "}${type}` : null;
}

function cleanFeature(part: string): string | null {
  const feature = /^\(\s*([^()]{1,60}?)\s*\)$/u.exec(part)?.[1] ?? "";
  const [, bound, by = ""] = width.exec(feature) ?? [];
  if (length.test(by)) return bound === undefined ? `(width:${by})` : `(${bound}-width:${by})`;
  const [, operator = "", than = ""] = range.exec(feature) ?? [];
  if (length.test(than)) return rangeAs(operator, than);
  const wanted = scheme.exec(feature)?.[1];
  return wanted === undefined ? null : `(prefers-color-scheme:${wanted})`;
}

/** Without `<`: nothing that comes out of a mail's style sheet has one. */
function rangeAs(operator: string, than: string): string {
  if (operator === "=") return `(width:${than})`;
  const bound = operator.startsWith("<") ? `(max-width:${than})` : `(min-width:${than})`;
  return bound;
}
