import type { DateTimeFormatOptions } from "use-intl/core";
import { formatterOf } from "./formatter.ts";
import type { Words } from "./words.ts";

/** Dates as people read them, by the customs of their language. Zones are IANA names. */
const format = (t: Words, at: Date, zone: string, options: DateTimeFormatOptions): string =>
  formatterOf(t.language, zone).dateTime(at, options);

/**
 * The zone in its proper spelling, if it is one of IANA's names; otherwise the server's own. Offsets such as "+01:23" are
 * none: there are thousands of them.
 */
export function knownZone(zone: string | undefined): string {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone || !/^[A-Za-z][\w+-]*(\/[\w+-]+){0,2}$/.test(zone)) return own;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return own;
  }
}

const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/** "Sat 21 Nov 2026, 08:02" */
export const longDate = (t: Words, at: Date, zone: string): string =>
  format(t, at, zone, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    ...clock,
  }).replace(",", "");

/** "21 Nov 2026" */
export const shortDate = (t: Words, at: Date, zone: string): string =>
  format(t, at, zone, { day: "numeric", month: "short", year: "numeric" });

const dayMs = 86_400_000;

/** The year of the calendar that all zones share, whatever calendar a language writes. */
const yearOf = (at: Date, zone: string): string => formatterOf("en", zone).dateTime(at, { year: "numeric" });

/** Days since the epoch on the calendar of the zone. */
function dayNumber(at: Date, zone: string): number {
  const [day = 1, month = 1, year = 0] = formatterOf("en", zone)
    .dateTime(at, { year: "numeric", month: "2-digit", day: "2-digit" })
    .split("/")
    .map(Number);
  return Date.UTC(year, month - 1, day) / dayMs;
}

/** The time in the list: of today the clock, of this week the day, then the date. */
export function listTime(t: Words, at: Date, now: Date, zone: string): string {
  const age = dayNumber(now, zone) - dayNumber(at, zone);
  if (age === 0) return format(t, at, zone, clock);
  if (age > 0 && age < 7) return format(t, at, zone, { weekday: "short" });
  return yearOf(at, zone) === yearOf(now, zone)
    ? format(t, at, zone, { day: "numeric", month: "short" })
    : format(t, at, zone, { month: "short", year: "numeric" });
}

/** The heading that a message stands under in the list. */
export function dayGroup(t: Words, at: Date, now: Date, zone: string): string {
  const today = dayNumber(now, zone);
  const day = dayNumber(at, zone);
  if (day > today) return t("date.later");
  if (day === today) return t("date.today");
  if (day === today - 1) return t("date.yesterday");
  // 1 January 1970 was a Thursday; weeks begin on Monday.
  const weekOf = (number: number) => Math.floor((number + 3) / 7);
  if (weekOf(day) === weekOf(today)) return t("date.thisWeek");
  return format(t, at, zone, { month: "long", year: "numeric" });
}

/** "4 min ago", "2 h ago", "yesterday", then the date. */
export function ago(t: Words, at: Date, now: Date, zone: string): string {
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  if (minutes < 1) return t("date.justNow");
  if (minutes < 60) return t("date.minutesAgo", { count: minutes });
  if (minutes < 24 * 60) return t("date.hoursAgo", { count: Math.floor(minutes / 60) });
  return dayNumber(now, zone) - dayNumber(at, zone) === 1 ? t("date.agoYesterday") : shortDate(t, at, zone);
}
