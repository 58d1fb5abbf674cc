/** How an event repeats, in words: "Every 2 weeks on Monday and Thursday · until 25 Jun 2027". */

import type { CalendarEvent, CalendarTime, Recurrence } from "../domain/card.ts";
import { zoneOffsetMs } from "../domain/zone-offset.ts";
import { dayWords, zoneOf } from "./event-words.ts";
import { formatDate } from "./formats.ts";
import { localeOf } from "./languages.ts";
import type { Words } from "./words.ts";
import { cityOf } from "./zone-words.ts";

/** Dates that are named; how many more there are is said. */
const mostDates = 4;

const orders: Readonly<Record<string, string>> = {
  1: "n1",
  2: "n2",
  3: "n3",
  4: "n4",
  5: "n5",
  "-1": "last",
  "-2": "lastButOne",
};

const workdays = "1 2 3 4 5";

/** The rule, then what limits it, each a phrase of its own. Empty for what happens once. */
export function recurrenceWords(
  t: Words,
  { start, zone, recurrence }: Pick<CalendarEvent, "start" | "zone" | "recurrence">,
  now: Date,
  reader: string,
): readonly string[] {
  if (recurrence === null) return [];
  const { every, until, count, except, exceptCount, extraCount, unsaid, days } = recurrence;
  const planned = start?.kind === "moment" ? (zone ?? reader) : "UTC";
  const date = (time: CalendarTime) => dayWords(t, new Date(time.ms), now, zoneOf(time, reader));
  const shown = list(t, except.slice(0, mostDates).map(date));
  const more = exceptCount - Math.min(except.length, mostDates);
  const isUnsaid = unsaid.length > 0 || days.some(({ nth }) => orders[nth] === undefined && nth !== 0);
  const isElsewhere =
    start?.kind === "moment" &&
    every !== "day" &&
    formatDate("en", planned, "calendar", new Date(start.ms)) !==
      formatDate("en", reader, "calendar", new Date(start.ms));
  return [
    ruleWords(t, recurrence, start, planned),
    isElsewhere ? t("invitation.daysThere", { city: cityOf(t, planned, new Date(start.ms)) }) : "",
    until ? t("invitation.until", { date: date(until) }) : "",
    count === null ? "" : t("invitation.times", { count }),
    exceptCount === 0
      ? ""
      : more > 0
        ? t("invitation.exceptMore", { dates: shown, count: more })
        : t("invitation.except", { dates: shown }),
    extraCount === 0 ? "" : t("invitation.extra", { count: extraCount }),
    isUnsaid ? t("invitation.unsaid", { parts: unsaid.length > 0 ? unsaid.join(", ") : "BYDAY" }) : "",
  ].filter(Boolean);
}

function ruleWords(t: Words, rule: Recurrence, start: CalendarTime | null, zone: string): string {
  const { every, interval, days } = rule;
  const ofStart = every === "week" && days.length === 0 && start ? [weekdayOf(start, zone)] : [];
  const plainDays = [...days.filter(({ nth }) => nth === 0).map(({ weekday }) => weekday), ...ofStart];
  const isByWeekday = (every === "week" || every === "day") && plainDays.length > 0;
  if (isByWeekday && interval === 1) {
    if ([...plainDays].sort().join(" ") === workdays) return t("invitation.every.workday");
    return t("invitation.every.weekday", {
      days: list(
        t,
        plainDays.map((day) => weekdayName(t, day)),
      ),
    });
  }
  return onWords(t, rule, start, zone).reduce(
    (said, on) => t("invitation.on.both", { every: said, on }),
    t(`invitation.every.${every}`, { count: interval }),
  );
}

/** On which days of the period: as the rule says, or else as the start does. */
function onWords(t: Words, rule: Recurrence, start: CalendarTime | null, zone: string): string[] {
  const { every, days, monthDays, months } = rule;
  const said: string[] = [];
  const nths = days.filter(({ nth }) => orders[nth] !== undefined);
  const plain = days.filter(({ nth }) => nth === 0);
  if (plain.length > 0) {
    said.push(
      t("invitation.on.weekdays", {
        days: list(
          t,
          plain.map(({ weekday }) => weekdayName(t, weekday)),
        ),
      }),
    );
  }
  const nthWords = nths.map(({ weekday, nth }) =>
    t("invitation.on.nth", { nth: orders[nth] ?? "other", day: weekdayName(t, weekday) }),
  );
  if (nthWords.length > 0) said.push(list(t, nthWords));
  if (monthDays.length === 1 && months.length === 1 && every === "year") {
    const at = new Date(Date.UTC(2024, (months[0] ?? 1) - 1, monthDays[0]));
    if ((monthDays[0] ?? 0) > 0)
      return [...said, t("invitation.on.date", { date: formatDate(t.language, "UTC", "date", at) })];
  }
  const forwards = monthDays.filter((day) => day > 0);
  const dates = [
    ...(forwards.length > 0
      ? [t("invitation.on.dates", { count: forwards.length, days: forwards.join(", ") })]
      : []),
    ...(monthDays.includes(-1) ? [t("invitation.on.lastDate")] : []),
  ];
  if (dates.length > 0) said.push(list(t, dates));
  if (months.length > 0)
    said.push(
      t("invitation.on.months", {
        months: list(
          t,
          months.map((month) => monthName(t, month)),
        ),
      }),
    );
  if (said.length > 0 || start === null) return said;
  return ofStart(t, every, new Date(start.ms), zone);
}

function ofStart(t: Words, every: Recurrence["every"], at: Date, zone: string): string[] {
  switch (every) {
    case "week":
      return [t("invitation.on.weekdays", { days: formatDate(t.language, zone, "wholeWeekday", at) })];
    case "month":
      return [
        t("invitation.on.dates", { count: 1, days: String(Number(formatDate("en", zone, "dayNumber", at))) }),
      ];
    case "year":
      return [t("invitation.on.date", { date: formatDate(t.language, zone, "date", at) })];
    default:
      return [];
  }
}

const list = (t: Words, parts: readonly string[]): string =>
  new Intl.ListFormat(localeOf[t.language], { type: "conjunction" }).format(parts);

/** Monday is 1. 1 January 1970 was a Thursday. */
function weekdayOf({ ms }: CalendarTime, zone: string): number {
  return ((Math.floor((ms + zoneOffsetMs(zone, ms)) / 86_400_000) + 3) % 7) + 1;
}

/** 1 January 2024 was a Monday. */
const weekdayName = (t: Words, weekday: number): string =>
  formatDate(t.language, "UTC", "wholeWeekday", new Date(Date.UTC(2024, 0, weekday)));

const monthName = (t: Words, month: number): string =>
  formatDate(t.language, "UTC", "monthName", new Date(Date.UTC(2024, month - 1, 1)));
