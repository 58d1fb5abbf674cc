import type { Language } from "../domain/language.ts";
import { readCookies } from "../domain/read-cookies.ts";
import { languageCookie, languageFor } from "./languages.ts";

/** The language of a request that no page has seen yet. @param cookie the header as it came */
export const languageOfHeaders = (
  cookie: string | null | undefined,
  acceptLanguage: string | null | undefined,
): Language => languageFor(readCookies(cookie).get(languageCookie), acceptLanguage);
