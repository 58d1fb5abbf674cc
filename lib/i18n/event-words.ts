/** When an event is, in words. */

import type { CalendarTime, CardFault, EventFault, EventSpan } from "../domain/card.ts";
import { formatDate } from "./formats.ts";
import { localeOf } from "./languages.ts";
import type { Words } from "./words.ts";

const dayMs = 86_400_000;

/** The zone to write a time in: days and floating times are the same everywhere. */
export const zoneOf = ({ kind }: CalendarTime, zone: string): string => (kind === "moment" ? zone : "UTC");

const isSameDay = (t: Words, one: Date, other: Date, zone: string): boolean =>
  formatDate(t.language, zone, "calendar", one) === formatDate(t.language, zone, "calendar", other);

/** "Thu 26 Nov", with its year where that is not this one. */
export function dayWords(t: Words, at: Date, now: Date, zone: string): string {
  const [year, thisYear] = [at, now].map((date) => formatDate("en", zone, "calendar", date).split("/")[2]);
  return formatDate(t.language, zone, year === thisYear ? "day" : "dayOfYear", at).replace(",", "");
}

interface Written {
  /** Always with its day. */
  readonly whole: string;
  /** Without the day where the event begins and ends on one. */
  readonly short: string;
}

/** "15:00 – 16:00", "All day", "Thu 26 Nov, 15:00 – Sat 28 Nov, 11:00". */
export function spanWords(t: Words, { start, end }: EventSpan, now: Date, reader: string): Written {
  if (start === null) return { whole: t("invitation.noTime"), short: t("invitation.noTime") };
  const zone = zoneOf(start, reader);
  const from = new Date(start.ms);
  const day = (at: Date) => dayWords(t, at, now, zone);
  const clock = (at: Date) => formatDate(t.language, zone, "clock", at);
  if (start.kind === "day") {
    const last = new Date((end?.ms ?? start.ms + dayMs) - dayMs);
    const days = last <= from ? day(from) : t("invitation.span", { start: day(from), end: day(last) });
    const whole = `${days}, ${t("invitation.allDay").toLocaleLowerCase(t.language)}`;
    return { whole, short: last <= from ? t("invitation.allDay") : days };
  }
  if (end === null) return { whole: `${day(from)}, ${clock(from)}`, short: clock(from) };
  const until = new Date(end.ms);
  // What ends at midnight ends on the day before.
  const isOneDay = isSameDay(t, from, new Date(until.getTime() - 1), zone);
  if (isOneDay) {
    const short = t("invitation.span", { start: clock(from), end: clock(until) });
    return { whole: `${day(from)}, ${short}`, short };
  }
  const whole = t("invitation.span", {
    start: `${day(from)}, ${clock(from)}`,
    end: `${day(until)}, ${clock(until)}`,
  });
  return { whole, short: whole };
}

/** "in 2 days", "tomorrow", "in 3 hours"; empty while it takes place. */
export function distanceWords(t: Words, { start, end }: EventSpan, now: Date, reader: string): string {
  if (start === null) return "";
  const zone = zoneOf(start, reader);
  const local = start.kind === "moment" ? now.getTime() : localNow(now, reader);
  const last = end?.ms ?? start.ms;
  if (start.ms <= local && local < last) return "";
  const at = new Date(local < start.ms ? start.ms : start.kind === "day" ? last - dayMs : last);
  const days = dayOf(at, zone) - dayOf(new Date(local), zone);
  const format = new Intl.RelativeTimeFormat(localeOf[t.language], { numeric: "auto" });
  const hours = Math.trunc((at.getTime() - local) / 3_600_000);
  if (days === 0 && start.kind !== "day" && hours !== 0) return format.format(hours, "hour");
  if (days === 0 && start.kind !== "day") {
    return format.format(Math.trunc((at.getTime() - local) / 60_000), "minute");
  }
  if (Math.abs(days) < 14) return format.format(days, "day");
  if (Math.abs(days) < 60) return format.format(Math.trunc(days / 7), "week");
  return Math.abs(days) < 730
    ? format.format(Math.trunc(days / 30.44), "month")
    : format.format(Math.trunc(days / 365.25), "year");
}

/** The reader's clock, counted as if it were UTC. */
function localNow(now: Date, reader: string): number {
  const [day = 1, month = 1, year = 0] = formatDate("en", reader, "calendar", now).split("/").map(Number);
  const [hour = 0, minute = 0] = formatDate("en", reader, "clock", now).split(":").map(Number);
  return Date.UTC(year, month - 1, day, hour, minute);
}

function dayOf(at: Date, zone: string): number {
  const [day = 1, month = 1, year = 0] = formatDate("en", zone, "calendar", at).split("/").map(Number);
  return Date.UTC(year, month - 1, day) / dayMs;
}

/** What is wrong with the file, or with what it says of an event. */
export function faultWords(t: Words, fault: CardFault | EventFault): string {
  switch (fault.code) {
    case "zone-unknown":
      return t("invitation.fault.zone-unknown", { name: fault.name });
    case "lines-unreadable":
      return t("invitation.fault.lines-unreadable", { count: fault.count });
    case "other-sender":
      return t("invitation.fault.other-sender", { named: fault.named, sender: fault.sender });
    default:
      return t(`invitation.fault.${fault.code}`);
  }
}
