import "server-only";
import type { Metadata } from "next";
import { requestWords } from "./request-words.ts";
import type { Words } from "./words.ts";

/** A page's title, in the language of whoever reads it: `export const generateMetadata = titled("accounts.page")`. */
export const titled = (key: Parameters<Words>[0]) => async (): Promise<Metadata> => ({
  title: (await requestWords())(key),
});
