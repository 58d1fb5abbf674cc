import { createRequire } from "node:module";

/** The part of libmime (which ships no types) that is used here. @see https://github.com/nodemailer/libmime */
interface Libmime {
  encodeWords(value: string, encoding: "Q" | "B", longest: number): string;
  decodeWords(value: string): string;
  foldLines(value: string, longest: number): string;
  parseHeaderValue(value: string): { value: string; params: Record<string, string> };
}

export const libmime = createRequire(import.meta.url)("libmime") as Libmime;
