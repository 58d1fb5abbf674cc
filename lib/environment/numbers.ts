import "server-only";
import { z } from "zod";

interface Range {
  readonly least: number;
  readonly most: number;
  /** What is counted, in a sentence after "must be a whole number". */
  readonly of?: string;
}

/** A whole number in plain digits. */
export const wholeNumber = ({ unlessSet, ...range }: Range & { readonly unlessSet: number }) =>
  wholeNumberIn(range).default(unlessSet);

/** One that may be left out only by being `optional()`. */
export function wholeNumberIn({ least, most, of }: Range) {
  const words = `must be a whole number${of ? ` of ${of}` : ""} from ${least} to ${most}`;
  return z
    .string()
    .trim()
    .regex(/^\d{1,15}$/, { error: words, abort: true })
    .transform(Number)
    .refine((number) => number >= least && number <= most, words);
}
