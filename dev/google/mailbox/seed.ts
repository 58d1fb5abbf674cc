import type { Letter } from "./letter.ts";

/** What a seed lays down: parallel lists by message number, oldest first, and the letters on demand. */
export interface Seed {
  datesMs: number[];
  /** The number of the first message of the thread. */
  threads: number[];
  labelIds(index: number): readonly string[];
  letter(index: number, options?: { quoting: boolean }): Letter;
  labels: { name: string; color: string | null }[];
}
