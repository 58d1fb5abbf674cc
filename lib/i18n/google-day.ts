import type { CalendarTime } from "../domain/card.ts";
import { zoneOf } from "./event-words.ts";
import { formatDate } from "./formats.ts";

/**
 * The day of an event in Google Calendar. An invitation's own page there has an address that only Google knows; on its day it
 * stands with its buttons.
 * @param zone the reader's
 */
export function googleDay(start: CalendarTime, zone: string, ownAddress: string): string {
  const digits = formatDate("en", zoneOf(start, zone), "calendar", new Date(start.ms));
  const [day, month, year] = digits.split("/").map(Number);
  const query = new URLSearchParams({ authuser: ownAddress });
  return `https://calendar.google.com/calendar/r/day/${year}/${month}/${day}?${query}`;
}
