import "server-only";
import { cookies } from "next/headers";
import type { Language } from "../domain/language.ts";
import { languageCookie } from "../i18n/languages.ts";
import { cookieOptions, languageSeconds } from "./cookies.ts";

/** Has this browser speak a language from now on. */
export async function rememberLanguage(language: Language): Promise<void> {
  (await cookies()).set(languageCookie, language, { ...cookieOptions(), maxAge: languageSeconds });
}
