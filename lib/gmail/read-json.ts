/**
 * Reading JSON that nobody promised anything about: each function gives a value of the wanted type whatever
 * came, so the code that knows what a message is never meets a TypeError.
 */

export function objectOf(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function objectsOf(value: unknown): Record<string, unknown>[] {
  return listOf(value)
    .map(objectOf)
    .filter((item) => item !== null);
}

/** A list that holds objects and nothing else; null when it is anything but that. */
export function requireObjects(value: unknown): Record<string, unknown>[] | null {
  const objects = objectsOf(value);
  return Array.isArray(value) && objects.length === value.length ? objects : null;
}

/** A list of strings, or nothing at all, which stands for an empty one; null when it is anything else. */
export function absentOrStrings(value: unknown): string[] | null {
  if (value === undefined) return [];
  const strings = stringsOf(value);
  return Array.isArray(value) && strings.length === value.length ? strings : null;
}

/** What leads to the next page: null on the last one; undefined when it is none of both. */
export function pageTokenOf(value: unknown): string | null | undefined {
  return value === undefined || value === "" ? null : (nonEmpty(value) ?? undefined);
}

function stringsOf(value: unknown): string[] {
  return listOf(value).filter((item) => typeof item === "string");
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A string with something in it, or null. */
export function nonEmpty(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** A whole number that is not negative, from a number or from digits (Google writes 64-bit numbers as strings); else 0. */
export function countOf(value: unknown): number {
  const digits = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  return typeof digits === "number" && Number.isSafeInteger(digits) && digits >= 0 ? digits : 0;
}

/** An unsigned 64-bit number kept as the string of digits it came as; null when it is not one. */
export function digitsOf(value: unknown): string | null {
  const digits = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
  return typeof digits === "string" && /^\d+$/.test(digits) ? digits : null;
}
