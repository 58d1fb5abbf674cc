/** Times as calendar files write them. @see https://www.rfc-editor.org/rfc/rfc5545#section-3.3.5 */

import type { CalendarTime, EventSpan } from "../../domain/card.ts";
import type { Component } from "./components.ts";
import { type Property, parameterOf } from "./properties.ts";
import { type Zone, zoneNamed } from "./zones.ts";

export interface ReadTime {
  readonly time: CalendarTime;
  readonly zone: Zone | null;
  /** The name of a zone that nobody knows: the time is read as a floating one. */
  readonly unknownZone: string | null;
  /** The local time, counted as if it were UTC. */
  readonly localMs: number;
}

const written = /^(\d{4})-?(\d\d)-?(\d\d)(?:T?(\d\d):?(\d\d):?(\d\d)?(Z?))?/u;

/** Every value of a property that is a time, by the zones that the file describes. What is none is left out. */
export function timesOf(property: Property | null, described: readonly Component[]): ReadTime[] {
  if (property === null) return [];
  const zoneId = parameterOf(property, "tzid");
  return property.values.flatMap((value) => {
    // A period (RDATE) begins with its time.
    const text = String(Array.isArray(value) ? value[0] : value);
    const [, year, month, day, hour, minute, second, utc] = written.exec(text) ?? [];
    if (year === undefined) return [];
    const isDay = property.type === "date" || hour === undefined;
    const clock = isDay ? [0, 0, 0] : [Number(hour), Number(minute), Number(second ?? 0)];
    const [h = 0, m = 0, s = 0] = clock;
    const localMs = Date.UTC(Number(year), Number(month) - 1, Number(day), h, m, s);
    const isReal =
      Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31 && h <= 24;
    if (!isReal || Number.isNaN(localMs)) return [];
    return [inZone(localMs, isDay, utc === "Z", zoneId, described)];
  });
}

function inZone(
  localMs: number,
  isDay: boolean,
  isUtc: boolean,
  zoneId: string | null,
  described: readonly Component[],
): ReadTime {
  const plain = { zone: null, unknownZone: null, localMs };
  if (isDay) return { ...plain, time: { kind: "day", ms: localMs } };
  if (isUtc) return { ...plain, time: { kind: "moment", ms: localMs } };
  if (zoneId === null) return { ...plain, time: { kind: "floating", ms: localMs } };
  const zone = zoneNamed(zoneId, described);
  if (zone === null) {
    return { ...plain, time: { kind: "floating", ms: localMs }, unknownZone: zoneId.slice(0, 100) };
  }
  return { ...plain, zone, time: { kind: "moment", ms: localMs - zone.offsetAt(localMs) } };
}

const dayMs = 86_400_000;

/** Milliseconds of a duration such as "PT1H30M"; null for what is none. @see RFC 5545 §3.3.6 */
export function durationMs(text: string): number | null {
  const match =
    /^([+-])?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$/u.exec(text);
  if (match === null || text.length < 3) return null;
  const [, sign, weeks, days, hours, minutes, seconds] = match;
  const size =
    (Number(weeks ?? 0) * 7 + Number(days ?? 0)) * dayMs +
    Number(hours ?? 0) * 3_600_000 +
    Number(minutes ?? 0) * 60_000 +
    Number(seconds ?? 0) * 1_000;
  return sign === "-" ? -size : size;
}

export interface Span extends EventSpan {
  readonly endsBeforeStart: boolean;
}

/** From when to when. `allDay`: whole days, though they are written as times. */
export function spanOf(
  start: ReadTime | undefined,
  end: ReadTime | undefined,
  duration: number | null,
  allDay: boolean,
): Span {
  if (start === undefined) return { start: null, end: null, endsBeforeStart: false };
  const isDays = allDay || start.time.kind === "day";
  const from: CalendarTime = isDays ? { kind: "day", ms: startOfDay(start.localMs) } : start.time;
  const until = isDays ? end && startOfDay(end.localMs) : ((end && comparable(end, start)) ?? undefined);
  const ms = until ?? (duration === null ? null : from.ms + duration);
  if (!isDays) {
    if (ms === null || ms === from.ms) return { start: from, end: null, endsBeforeStart: false };
    return ms < from.ms
      ? { start: from, end: null, endsBeforeStart: true }
      : { start: from, end: { kind: from.kind, ms }, endsBeforeStart: false };
  }
  // Whoever ends a day on itself means that day, though the end is not part of it.
  const last = Math.max(ms === null ? 0 : startOfDay(ms), from.ms + dayMs);
  return { start: from, end: { kind: "day", ms: last }, endsBeforeStart: ms !== null && ms < from.ms };
}

/** An end that is written in another way than its start is read as its start is. */
function comparable(end: ReadTime, start: ReadTime): number {
  if (end.time.kind === start.time.kind) return end.time.ms;
  return start.time.kind === "moment" ? start.time.ms + (end.localMs - start.localMs) : end.localMs;
}

const startOfDay = (localMs: number): number => Math.floor(localMs / dayMs) * dayMs;
