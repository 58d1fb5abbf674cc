import type { Correspondence } from "../people.ts";
import { english } from "./english.ts";
import { indonesian } from "./indonesian.ts";
import { thai } from "./thai.ts";
import type { Corpus } from "./topic.ts";

/** The languages of a correspondence; a language named twice is twice as frequent. */
export function corporaOf(kind: Correspondence): Corpus[] {
  return kind === "mixed" ? [indonesian, indonesian, english, english, thai] : [english];
}
