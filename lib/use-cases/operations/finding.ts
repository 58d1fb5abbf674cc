/** What the doctor found out about one thing. */
export interface Finding {
  readonly about: string;
  /** `bad` keeps Latchkey from working; `doubtful` may be as it should. */
  readonly state: "well" | "doubtful" | "bad";
  readonly says: string;
  /** What to do, where something is to be done. */
  readonly remedy?: string;
}

export const well = (about: string, says: string): Finding => ({ about, state: "well", says });
export const doubtful = (about: string, says: string, remedy: string): Finding => ({
  about,
  state: "doubtful",
  says,
  remedy,
});
export const bad = (about: string, says: string, remedy: string): Finding => ({
  about,
  state: "bad",
  says,
  remedy,
});
