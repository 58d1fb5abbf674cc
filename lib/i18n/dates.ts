import { formatDate } from "./formats.ts";
import type { Words } from "./words.ts";

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

/** "Sat 21 Nov 2026, 08:02" */
export const longDate = (t: Words, at: Date, zone: string): string =>
  formatDate(t.language, zone, "long", at).replace(",", "");

/** "21 Nov 2026" */
export const shortDate = (t: Words, at: Date, zone: string): string =>
  formatDate(t.language, zone, "short", at);

/** Minutes by which the clocks of a zone were ahead of UTC at a moment. */
export function offsetOf(at: Date, zone: string): number {
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(formatDate("en", zone, "offset", at)) ?? [];
  if (sign === undefined) return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** "Sat 21 Nov 2026, 08:02 (GMT+7)": by clocks that are so many minutes ahead of UTC. */
export function datedAt(t: Words, at: Date, offsetMinutes: number): string {
  const minutes = Math.abs(offsetMinutes);
  const rest = minutes % 60 === 0 ? "" : `:${String(minutes % 60).padStart(2, "0")}`;
  const sign = offsetMinutes < 0 ? "\u2212" : "+";
  const ahead = minutes === 0 ? "" : `${sign}${Math.floor(minutes / 60)}${rest}`;
  return `${longDate(t, new Date(at.getTime() + offsetMinutes * 60_000), "UTC")} (GMT${ahead})`;
}

const dayMs = 86_400_000;

/** Day, month and year on the calendar of the zone, which all languages share here, whatever calendar they write. */
const calendarOf = (at: Date, zone: string): number[] =>
  formatDate("en", zone, "calendar", at).split("/").map(Number);

/** Days since the epoch on the calendar of the zone. */
function dayNumber(at: Date, zone: string): number {
  const [day = 1, month = 1, year = 0] = calendarOf(at, zone);
  return Date.UTC(year, month - 1, day) / dayMs;
}

const yearOf = (at: Date, zone: string): number => calendarOf(at, zone)[2] ?? 0;

/** The time in the list: of today the clock, of this week the day, then the date. */
export function listTime(t: Words, at: Date, now: Date, zone: string): string {
  const age = dayNumber(now, zone) - dayNumber(at, zone);
  if (age === 0) return formatDate(t.language, zone, "clock", at);
  if (age > 0 && age < 7) return formatDate(t.language, zone, "weekday", at);
  return yearOf(at, zone) === yearOf(now, zone)
    ? formatDate(t.language, zone, "dayAndMonth", at)
    : formatDate(t.language, zone, "monthAndYear", at);
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
  return formatDate(t.language, zone, "wholeMonth", at);
}

/** "4 min ago", "2 h ago", "yesterday", then the date. */
export function ago(t: Words, at: Date, now: Date, zone: string): string {
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  if (minutes < 1) return t("date.justNow");
  if (minutes < 60) return t("date.minutesAgo", { count: minutes });
  if (minutes < 24 * 60) return t("date.hoursAgo", { count: Math.floor(minutes / 60) });
  return dayNumber(now, zone) - dayNumber(at, zone) === 1 ? t("date.agoYesterday") : shortDate(t, at, zone);
}
