import { parseCookie } from "cookie";

/**
 * The cookies of a header. Of two with one name the later counts, as Next reads them for pages: both must see the same session. The library takes
 * the first, so it is given one pair at a time.
 */
export function readCookies(header: string | null | undefined): Map<string, string> {
  const pairs = (header ?? "").split(";").flatMap((pair) => Object.entries(parseCookie(pair)));
  return new Map(pairs.flatMap(([name, value]) => (name && value !== undefined ? [[name, value]] : [])));
}
