/**
 * Words that a component in the browser puts numbers into. They come with the page as they are: no catalogue, and nothing that
 * reads one, is sent along.
 */

/** "{messages} of about {total}" */
export interface FillingWords {
  readonly locale: string;
  readonly title: string;
  readonly filled: string;
}

/** "{count} new messages" */
export interface NewMailWords {
  readonly locale: string;
  readonly one: string;
  readonly other: string;
  /** Where nobody has counted. */
  readonly show: string;
}

/** Puts numbers, as the language writes them, into the places of a sentence. */
export const filledIn = (
  sentence: string,
  locale: string,
  numbers: Readonly<Record<string, number>>,
): string =>
  sentence.replace(/\{(\w+)\}/g, (place, name: string) => numbers[name]?.toLocaleString(locale) ?? place);
