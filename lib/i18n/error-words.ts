import type { Words } from "./words.ts";

/** What the page says that is shown when another one failed: it is made in the browser, so its words travel with every page. */
export interface ErrorWords {
  readonly title: string;
  readonly text: string;
  /** With a place for the number: "{digest}". */
  readonly digest: string;
  readonly again: string;
}

export const errorWords = (t: Words): ErrorWords => ({
  title: t("error.title"),
  text: t("error.text"),
  digest: t.raw("error.digest"),
  again: t("error.again"),
});
