import type { Language } from "../domain/language.ts";
import { languageCookie, languageFor } from "./languages.ts";

const named = `${languageCookie}=`;

/**
 * The language of a request that no page has seen yet. Of two cookies with one name the later counts, as Next reads them for
 * pages. @param cookie the header as it came
 */
export function languageOfHeaders(
  cookie: string | null | undefined,
  acceptLanguage: string | null | undefined,
): Language {
  const pairs = (cookie ?? "").split(";").map((pair) => pair.trim());
  return languageFor(pairs.findLast((pair) => pair.startsWith(named))?.slice(named.length), acceptLanguage);
}
