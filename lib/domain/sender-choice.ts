/** What a reader has chosen for all mail of one sender. Types only: components may import this file. */
export interface SenderChoice {
  /** As it stood in From when they chose. */
  readonly address: string;
  /** Remote pictures are shown, trackers never. */
  readonly showImages: boolean;
  /** Their mail keeps its own colours in the dark theme, too. */
  readonly originalColours: boolean;
}

export type SenderChange = Partial<Omit<SenderChoice, "address">>;
