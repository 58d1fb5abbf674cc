/**
 * The headers of a part: found whatever their case, decoded, never longer than is worth reading.
 * @see https://www.rfc-editor.org/rfc/rfc5322 §2.2
 * @see https://www.rfc-editor.org/rfc/rfc2047
 */

import libmime from "libmime";
import type { Header } from "../../domain/mail.ts";
import { decodeEncodedWords } from "./encoded-words.ts";
import { clipped, oneLine } from "./visible-text.ts";

/** No honest header that is shown comes near; what is longer is cut before any work is done on it. */
const headerLimit = 65_536;
const shownLimit = 2_000;

type Headers = readonly Header[];

/** Headers that may stand once, and whose second copy makes readers disagree about what a message says. */
const single = ["from", "sender", "reply-to", "to", "cc", "subject", "date"];

/** The first header of that name (lower case), raw but unfolded and cut at 64 KiB. */
export function headerValue(headers: Headers, name: string): string | null {
  const header = headers.find((candidate) => candidate.name.toLowerCase() === name);
  if (header === undefined) return null;
  return header.value.slice(0, headerLimit).replace(/\r?\n[ \t]*|\r/gu, " ");
}

/** The first header of that name as one line of text, or null when absent or blank. */
export function headerText(headers: Headers, name: string): string | null {
  const value = headerValue(headers, name);
  return value === null ? null : decodeWords(value) || null;
}

/** RFC 2047 words decoded, on one line, without controls. Promises not to throw. */
export function decodeWords(value: string): string {
  const text = decodeEncodedWords(value);
  return clipped(oneLine(text), shownLimit);
}

/** A `value; key=value` header (RFC 2045, RFC 2231), value in lower case; parameters decoded, keys in lower case. */
export function structuredHeader(headers: Headers, name: string): { value: string; params: Params } {
  const raw = headerValue(headers, name);
  if (raw === null) return { value: "", params: {} };
  const { value, params } = libmime.parseHeaderValue(raw);
  return { value: (value || "").trim().toLowerCase(), params };
}
type Params = Readonly<Record<string, string>>;

/** Names of the headers that stand more than once though they may not. */
export function doubledHeaders(headers: Headers): readonly string[] {
  const count = new Map<string, number>();
  for (const { name } of headers) count.set(name.toLowerCase(), (count.get(name.toLowerCase()) ?? 0) + 1);
  return single.filter((name) => (count.get(name) ?? 0) > 1);
}

/** Names of the shown headers that were cut. */
export function overlongHeaders(headers: Headers): readonly string[] {
  return single.filter((name) =>
    headers.some((header) => header.value.length > headerLimit && header.name.toLowerCase() === name),
  );
}

/** The platform finds a date in "yesterday 1": a day, a month and a year are asked for. */
const looksLikeDate =
  /\d{1,2}[\s-]+[a-z]{3,9}[\s,-]+\d{2,4}|[a-z]{3,9}\s+\d{1,2},?\s.{0,40}\d{4}|\d{4}-\d\d-\d\d/iu;

/**
 * The Date header. A date without a zone is read as UTC, so that the answer is the same on every machine.
 * @see https://www.rfc-editor.org/rfc/rfc5322 §3.3, §4.3
 */
export function headerDate(headers: Headers): Date | null {
  const text = dateText(headers);
  if (!looksLikeDate.test(text)) return null;
  const zoned = /(?:[+-]\d{4}|[+-]\d\d:\d\d|\b[A-Z]{1,4})$/iu.test(text) && !/\b[AP]M$/iu.test(text);
  const date = new Date(zoned ? text : `${text} +0000`);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** Minutes by which the Date header's zone is ahead of UTC; null where none stands there, or "-0000", which says nothing. */
export function headerOffset(headers: Headers): number | null {
  const text = dateText(headers);
  const named = obsoleteZones.get(/\b([A-Z]{2,3})$/u.exec(text)?.[1] ?? "");
  if (named !== undefined) return named * 60;
  const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)$/u.exec(text) ?? [];
  const offset = Number(hours) * 60 + Number(minutes);
  if (sign === undefined || !(offset <= 14 * 60) || Number(minutes) > 59) return null;
  if (sign === "-") return offset === 0 ? null : -offset;
  return offset;
}

/** Hours ahead of UTC. */
const obsoleteZones = new Map([
  ...(["UT", "UTC", "GMT"].map((name) => [name, 0]) as [string, number][]),
  ...["E", "C", "M", "P"].flatMap((name, west): [string, number][] => [
    [`${name}ST`, -5 - west],
    [`${name}DT`, -4 - west],
  ]),
]);

function dateText(headers: Headers): string {
  const value = headerValue(headers, "date") ?? "";
  return value
    .slice(0, 200)
    .replace(/\([^)]*\)/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
}
