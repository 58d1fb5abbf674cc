import "server-only";
import { cookies, headers } from "next/headers";
import { cache, use } from "react";
import type { Language } from "../domain/language.ts";
import { languageCookie, languageFor } from "./languages.ts";
import { type Words, wordsIn } from "./words.ts";

/** The language of this request's reader. */
export const requestLanguage = cache(async (): Promise<Language> => {
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  return languageFor(jar.get(languageCookie)?.value, sent.get("accept-language"));
});

/** The words for this request's reader, for what is asynchronous. */
export const requestWords = cache(async (): Promise<Words> => wordsIn(await requestLanguage()));

/** The words for this request's reader, for components. */
export const useWords = (): Words => use(requestWords());
