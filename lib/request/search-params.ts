import type { ListAddress } from "../domain/paths.ts";

/** The one value of a parameter in the address; the first when it stands there twice. */
export const firstParam = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** Gmail takes long searches, and no page needs one of 500 characters. */
const longestQuery = 500;

/**
 * What a search may take in an address. It is sent twice there, with `Referer`, and encoded once more on the way over the
 * door; in Thai these are some 120 characters.
 */
const longestEncoded = 1_100;

/** What the address of a list asks for; the rest of a longer search is left out. */
export const readListAddress = (params: SearchParams): ListAddress => ({
  query: cut((firstParam(params.q) ?? "").trim()).trimEnd(),
  cursor: firstParam(params.cursor) ?? "",
});

function cut(query: string): string {
  let kept = "";
  let room = longestEncoded;
  for (const character of query.slice(0, longestQuery)) {
    room -= encodedLength(character);
    if (room < 0) break;
    kept += character;
  }
  return kept;
}

const encodedLength = (text: string): number =>
  new URLSearchParams({ q: text }).toString().length - "q=".length;
