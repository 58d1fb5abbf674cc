import type { UnsubscribeOutcome } from "../domain/unsubscribe.ts";
import type { Words } from "./words.ts";

const outcomes: readonly UnsubscribeOutcome[] = [
  "done",
  "refused",
  "elsewhere",
  "not-reached",
  "not-offered",
];

/** What came of it, by the word that stands in the address of the page after it; null for other words. */
export const asOutcome = (text: string | undefined): UnsubscribeOutcome | null =>
  outcomes.find((outcome) => outcome === text) ?? null;

export const outcomeWords = (t: Words, outcome: UnsubscribeOutcome, host: string): string =>
  t(`unsubscribe.outcome.${outcome}`, { host });
