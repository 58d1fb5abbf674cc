/** How an event repeats, as far as sentences can say it. Nothing is counted out: a rule may have a thousand million dates. */

import type { CalendarTime, Recurrence } from "../../domain/card.ts";
import type { Component } from "./components.ts";
import type { Property, PropertyReader } from "./properties.ts";
import { timesOf } from "./times.ts";

const units: Readonly<Record<string, Recurrence["every"]>> = {
  YEARLY: "year",
  MONTHLY: "month",
  WEEKLY: "week",
  DAILY: "day",
  HOURLY: "hour",
  MINUTELY: "minute",
  SECONDLY: "second",
};

const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

const mostShown = 8;
const largest = 1_000_000;

/** Parts of a rule that sentences say. */
const said = new Set(["freq", "interval", "byday", "bymonthday", "bymonth", "until", "count", "wkst"]);

/** Null where the event happens once. `unreadable`: there is a rule, and nobody can read it. */
export function recurrenceOf(
  properties: PropertyReader,
  described: readonly Component[],
): { readonly recurrence: Recurrence | null; readonly unreadable: boolean } {
  const [rule, ...others] = properties.all("rrule");
  const extra = properties.all("rdate").reduce((sum, { values }) => sum + values.length, 0);
  if (rule === undefined) return { recurrence: null, unreadable: properties.isBroken("rrule") };
  const parts = rule.values[0];
  const every = isRecord(parts) ? units[String(parts.freq)] : undefined;
  if (!isRecord(parts) || every === undefined) return { recurrence: null, unreadable: true };
  const exceptions = properties.all("exdate");
  const position = numbers(parts.bysetpos);
  const days = listed(parts.byday).flatMap(dayOf);
  const isNth = position.length === 1 && days.length === 1 && days[0]?.nth === 0;
  const unsaid = Object.keys(parts).filter((name) => !said.has(name) && !(name === "bysetpos" && isNth));
  if (others.length > 0) unsaid.push("rrule");
  if (properties.all("exrule").length > 0) unsaid.push("exrule");
  return {
    unreadable: false,
    recurrence: {
      every,
      interval: Math.min(Math.max(1, Math.trunc(Number(parts.interval ?? 1)) || 1), largest),
      // Days of which only some count are not said as if all did.
      days: isNth
        ? days.map(({ weekday }) => ({ weekday, nth: position[0] ?? 0 }))
        : position.length > 0
          ? []
          : days,
      monthDays: numbers(parts.bymonthday),
      months: numbers(parts.bymonth),
      until: untilOf(parts.until, rule, described),
      count: parts.count === undefined ? null : Math.max(1, Math.trunc(Number(parts.count)) || 1),
      except: firstTimes(exceptions, described),
      exceptCount: exceptions.reduce((sum, { values }) => sum + values.length, 0),
      extraCount: extra,
      unsaid: [...new Set(unsaid)].map((name) => name.toUpperCase()),
    },
  };
}

/** As many as are shown: to find a moment takes longer than to read it. */
function firstTimes(properties: readonly Property[], described: readonly Component[]): CalendarTime[] {
  const times: CalendarTime[] = [];
  for (const property of properties) {
    const room = mostShown - times.length;
    if (room === 0) break;
    const some = { ...property, values: property.values.slice(0, room) };
    times.push(...timesOf(some, described).map(({ time }) => time));
  }
  return times;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const listed = (value: unknown): unknown[] => (value === undefined ? [] : [value].flat()).slice(0, 31);

const numbers = (value: unknown): number[] =>
  listed(value)
    .map(Number)
    .filter((number) => Number.isInteger(number) && Math.abs(number) <= 366);

function dayOf(text: unknown): { weekday: number; nth: number }[] {
  const [, nth, day = ""] = /^([+-]?\d{1,2})?([A-Z]{2})$/u.exec(String(text)) ?? [];
  const weekday = weekdays.indexOf(day) + 1;
  return weekday === 0 ? [] : [{ weekday, nth: Number(nth ?? 0) }];
}

function untilOf(value: unknown, rule: Property, described: readonly Component[]): CalendarTime | null {
  if (value === undefined) return null;
  return timesOf({ ...rule, type: "until", values: [String(value)] }, described)[0]?.time ?? null;
}
