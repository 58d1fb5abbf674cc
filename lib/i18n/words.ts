import { createTranslator } from "use-intl/core";
import { type Language, languages } from "../domain/language.ts";
import { localeOf } from "./languages.ts";
import en from "./messages/en.json" with { type: "json" };
import id from "./messages/id.json" with { type: "json" };
import th from "./messages/th.json" with { type: "json" };

const catalogues: Readonly<Record<Language, typeof en>> = { en, id, th };

const translatorOf = (language: Language) =>
  Object.assign(
    createTranslator<typeof en>({
      locale: localeOf[language],
      messages: catalogues[language],
      onError: (error) => {
        throw error;
      },
    }),
    { language },
  );

/** Every sentence of the product in one language: `t("list.inbox")`. */
export type Words = ReturnType<typeof translatorOf>;

/** Made once: a translator that was made for each request read its messages anew, and a page of mail took 3 ms more. */
const made = new Map(languages.map((language) => [language, translatorOf(language)]));

export const wordsIn = (language: Language): Words => made.get(language) as Words;
