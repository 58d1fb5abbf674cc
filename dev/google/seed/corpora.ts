import type { Correspondence } from "../people.ts";
import { ENGLISH } from "./english.ts";
import { INDONESIAN } from "./indonesian.ts";
import { THAI } from "./thai.ts";
import type { Corpus } from "./topic.ts";

/** The languages of a correspondence; a language named twice is twice as frequent. */
export function corporaOf(kind: Correspondence): Corpus[] {
  return kind === "mixed" ? [INDONESIAN, INDONESIAN, ENGLISH, ENGLISH, THAI] : [ENGLISH];
}
