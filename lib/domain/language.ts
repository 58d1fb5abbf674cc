/** The languages that there is a catalogue of. */
export const languages = ["en", "id", "th"] as const;
export type Language = (typeof languages)[number];

export const asLanguage = (value: unknown): Language | undefined =>
  languages.find((language) => language === value);
