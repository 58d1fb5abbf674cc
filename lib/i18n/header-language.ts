import type { Language } from "../domain/language.ts";
import { languageCookie, languageFor } from "./languages.ts";

const chosen = new RegExp(`(?:^|;)\\s*${languageCookie.replace(".", "\\.")}=(\\w{2})(?:;|$)`);

/** The language of a request that no page has seen yet. @param cookie the header as it came */
export const languageOfHeaders = (
  cookie: string | null | undefined,
  acceptLanguage: string | null | undefined,
): Language => languageFor(chosen.exec(cookie ?? "")?.[1], acceptLanguage);
