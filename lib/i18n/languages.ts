import Negotiator from "negotiator";
import { asLanguage, type Language } from "../domain/language.ts";

/** What each language calls itself. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: "English",
  id: "Bahasa Indonesia",
  th: "ไทย",
};

/** Whose customs dates and numbers follow. */
export const localeOf: Readonly<Record<Language, string>> = { en: "en-GB", id: "id-ID", th: "th-TH" };

/** Where a browser keeps what its person has chosen. */
export const languageCookie = "latchkey.language";

/** Characters of `Accept-Language` that are read: browsers send some hundred, and 16 kB of languages took 40 ms. */
const longestRead = 1_000;

/**
 * The language that was chosen; otherwise the first that the browser asks for and there is; otherwise English.
 * @param acceptLanguage the header as it came: anything may stand in it
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-accept-language
 */
export function languageFor(chosen: string | undefined, acceptLanguage: string | null | undefined): Language {
  const known = asLanguage(chosen);
  if (known) return known;
  const header = (acceptLanguage ?? "").slice(0, longestRead);
  const asked = new Negotiator({ headers: { "accept-language": header } }).languages();
  return asked.map(languageOf).find((language) => language !== undefined) ?? "en";
}

/** Undefined for "*", for other languages, and for what is no language tag. Old names count: "in" is Indonesian. */
function languageOf(tag: string): Language | undefined {
  try {
    return asLanguage(new Intl.Locale(tag).language);
  } catch {
    return undefined;
  }
}
