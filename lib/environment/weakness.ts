import "server-only";

/**
 * Why something is no secret, as far as one can see it from itself: what is typed by hand, counted up, repeated or copied
 * from an example. What looks random may still not be, but the usual mistakes do not look random.
 */
export type Weakness =
  | "repeats itself or counts up"
  | "has too few different characters"
  | "is made of words that are tried first"
  | "is text, where random bytes are wanted";

const firstTried = (
  "secret password passwort passphrase changeme change replace replaceme please insert your this here latchkey " +
  "nextauth auth google gmail client example placeholder default dummy sample demo test testing development " +
  "production local localhost admin root user token cookie session signing sign string random openssl rand base64 " +
  "generate value with must should not the for key secure supersecret super letmein welcome monkey dragon todo xxxx"
)
  .split(" ")
  .sort((a, b) => b.length - a.length);

/** Of these any four signs in a row count as a word. */
const rows = ["qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm", "1q2w3e4r5t6y7u8i9o0p", "01234567890"];

const fewest = { characters: 6, bytes: 12, unknown: 8, bits: 64 };

/** Whether runs of three come again and again, in the numbers or in the steps from each to the next. */
function isPattern(numbers: readonly number[]): boolean {
  const steps = numbers.slice(1).map((number, at) => (number - (numbers[at] ?? 0) + 256) % 256);
  return [numbers, steps].some((row) => {
    const runs = row.slice(2).map((_, at) => row.slice(at, at + 3).join());
    return new Set(runs).size < 0.7 * runs.length;
  });
}

/** How many letters and digits are left when everything that is tried first is taken out. */
function unknownSigns(text: string): number {
  const signs = text.toLowerCase().replace(/[^a-z0-9]/g, "");
  let [unknown, at] = [0, 0];
  while (at < signs.length) {
    const rest = signs.slice(at);
    const word = firstTried.find((known) => rest.startsWith(known)) ?? "";
    let row = 0;
    for (let length = 4; rows.some((known) => known.includes(rest.slice(0, length))); length += 1) {
      if (length > rest.length) break;
      row = length;
    }
    const known = Math.max(word.length, row);
    if (known === 0) unknown += 1;
    at += Math.max(known, 1);
  }
  return unknown;
}

/** Letters that are written as digits, read as letters again. */
const asLetters = (text: string) =>
  text.replace(/[013457@$]/g, (sign) => "oieastas"["013457@$".indexOf(sign)] ?? sign);

function alphabetBits(text: string): number {
  const classes: [RegExp, number][] = [
    [/[g-z]/i, 20],
    [/[a-f]/, 6],
    [/[A-F]/, 6],
    [/[0-9]/, 10],
    [/[^a-z0-9]/i, 2],
  ];
  const signs = classes.reduce((sum, [pattern, size]) => sum + (pattern.test(text) ? size : 0), 0);
  return text.length * Math.log2(Math.max(signs, 2));
}

/** Judges a secret that is a text of 16 characters or more. */
export function weaknessOfText(text: string): Weakness | null {
  const numbers = [...text].map((sign) => sign.codePointAt(0) ?? 0);
  if (new Set(numbers).size < fewest.characters) return "has too few different characters";
  if (isPattern(numbers)) return "repeats itself or counts up";
  if (Math.min(unknownSigns(text), unknownSigns(asLetters(text))) < fewest.unknown) {
    return "is made of words that are tried first";
  }
  return alphabetBits(text) < fewest.bits ? "has too few different characters" : null;
}

/** Judges the 32 bytes of a key. */
export function weaknessOfKey(key: Uint8Array): Weakness | null {
  if (new Set(key).size < fewest.bytes || isPattern([...key])) return "repeats itself or counts up";
  return key.every((byte) => byte >= 0x20 && byte < 0x7f) ? "is text, where random bytes are wanted" : null;
}
