/**
 * Names and domains that are written to be taken for others.
 * @see https://www.unicode.org/reports/tr39/#Restriction_Level_Detection
 * @see https://chromium.googlesource.com/chromium/src/+/main/docs/idn.md
 */

import { domainToASCII, domainToUnicode } from "node:url";
import { domainOf, isAligned } from "../mime/organization.ts";
import { latinDouble, latinLook } from "./latin-look.ts";

export interface LookAlikeDomain {
  readonly shown: string;
  readonly ascii: string;
  readonly looksLike: string | null;
  readonly reason: "mixed-scripts" | "foreign-letters" | "odd-characters";
}

/** Alphabets that share shapes with the Latin one. Thai or Han beside it deceives nobody. */
const latin = /\p{Script=Latin}/u;
const akin =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}]/u;

const looksLatin = (letter: string): boolean => latinDouble(letter) !== null;

/** What an address's domain pretends, or null where it pretends nothing. @param domain as it stands in the address */
export function lookAlikeDomain(domain: string): LookAlikeDomain | null {
  const ascii = domainToASCII(domain);
  const shown = domainToUnicode(ascii);
  if (plain.test(domain + shown)) return null;
  const isMapped = !plain.test(domain) && domain.toLowerCase().normalize("NFC") !== shown;
  if (isMapped || /[^\p{L}\p{M}\p{N}._-]/u.test(shown)) {
    return { shown: domain, ascii, looksLike: null, reason: "odd-characters" };
  }
  const reason = reasonFor(shown);
  if (reason === null) return null;
  const look = latinLook(shown).toLowerCase();
  return { shown, ascii, looksLike: plain.test(look) ? look : null, reason };
}

const plain = /^\p{ASCII}*$/u;

function reasonFor(domain: string): LookAlikeDomain["reason"] | null {
  const labels = domain.split(".");
  if (labels.some(isMixed)) return "mixed-scripts";
  const country = labels.at(-1) ?? "";
  return labels.slice(0, -1).some((label) => isForeign(label, country)) ? "foreign-letters" : null;
}

/** Letters of the Latin alphabet beside others that look like it. */
function isMixed(word: string): boolean {
  if (!latin.test(word)) return false;
  return akin.test(word) || [...word].some((letter) => looksLatin(letter) && !latin.test(letter));
}

/**
 * Whether a label reads as Latin and is none: Cyrillic letters alone, under a domain that is not Cyrillic itself; or Latin ones of
 * phonetics. Turkish has its dotless i.
 */
function isForeign(label: string, country: string): boolean {
  const others = [...label].filter((letter) => !/^[\p{ASCII}\p{M}]$/u.test(letter));
  if (others.length === 0) return false;
  if (latin.test(label)) return others.some((letter) => looksLatin(letter) && !isAtHome(letter, country));
  return others.every(looksLatin) && plain.test(country);
}

const isAtHome = (letter: string, country: string): boolean =>
  letter === "ı" && (country === "tr" || country === "az");

/** How a name reads whose words hold letters of several alphabets; null where none does. */
export function lookAlikeName(name: string): string | null {
  const words = name.slice(0, 500).match(/[\p{L}\p{M}\p{N}\p{Cf}]+/gu) ?? [];
  const deceives = (word: string) =>
    latin.test(word) && [...word].some((letter) => looksLatin(letter) && !latin.test(letter));
  return words.some(deceives) ? latinLook(name) : null;
}

/** What is taken for what, either way. */
const pairs: readonly (readonly [string, string])[] = [
  ["rn", "m"],
  ["vv", "w"],
  ["cl", "d"],
  ["0", "o"],
  ["1", "l"],
  ["1", "i"],
  ["i", "l"],
  ["-", ""],
];

/** Each costs a look into an index. */
const candidatesLimit = 24;

/** Addresses of other domains that this one may be taken for, in lower case. */
export function resembledAddresses(address: string): string[] {
  const own = domainOf(address);
  const at = address.lastIndexOf("@");
  if (own === null || at < 1) return [];
  const box = latinLook(address.slice(0, at)).toLowerCase();
  const look = latinLook(domainToUnicode(own) || own).toLowerCase();
  const domains = pairs.flatMap(([one, other]) => [
    ...replacedOnce(look, one, other),
    ...(other === "" ? [] : replacedOnce(look, other, one)),
  ]);
  return [...new Set([look, ...domains])]
    .map((domain) => `${box}@${domain}`)
    .filter((candidate) => /^[\x21-\x7e]+$/u.test(candidate) && !isAligned(domainOf(candidate), own))
    .slice(0, candidatesLimit);
}

/** The text with one of its places replaced, for each place. */
function replacedOnce(text: string, from: string, to: string): string[] {
  const pieces = text.split(from);
  return pieces.slice(1).map((_, at) => {
    const before = pieces.slice(0, at + 1).join(from);
    return before + to + pieces.slice(at + 1).join(from);
  });
}
