import type { Words } from "./words.ts";

/** What a request can be refused for before a page or a route sees it. */
export type RefusalStatus = 400 | 404 | 405 | 408 | 413 | 417 | 429 | 431 | 500;

export interface RefusalWords {
  readonly title: string;
  readonly text: string;
}

/** @param afterSeconds when to come again, where that is known */
export function refusalWords(t: Words, status: RefusalStatus, afterSeconds?: number): RefusalWords {
  const text = t(`refusal.${status}.text`);
  return {
    title: t(`refusal.${status}.title`),
    text: afterSeconds === undefined ? text : t("refusal.again", { text, when: whenWords(t, afterSeconds) }),
  };
}

const whenWords = (t: Words, seconds: number): string =>
  seconds < 90
    ? t("refusal.inSeconds", { count: seconds })
    : t("refusal.inMinutes", { count: Math.ceil(seconds / 60) });
