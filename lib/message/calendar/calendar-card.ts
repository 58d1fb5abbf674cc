/** A calendar file as a card. @see https://www.rfc-editor.org/rfc/rfc5546 */

import type {
  CalendarCard,
  CalendarMethod,
  CardFault,
  CardSource,
  UnreadableCard,
} from "../../domain/card.ts";
import { componentsNamed, readComponents, textOf } from "./components.ts";
import { readEvent } from "./event.ts";

/** A file of a whole calendar has thousands; how many more there are is said. */
const mostEvents = 10;

const methods: readonly CalendarMethod[] = [
  "publish",
  "request",
  "reply",
  "add",
  "cancel",
  "refresh",
  "counter",
  "declinecounter",
];

/** Reads a calendar file. Promises not to throw: what cannot be read is said. @param charset as the part names it */
export function readCalendar(
  bytes: Uint8Array,
  source: CardSource,
  charset: string | null,
  declaredMethod: string | null,
): CalendarCard | UnreadableCard {
  const { found, counts, truncated, stray } = readComponents(bytes, mostEvents);
  const unreadable = (reason: UnreadableCard["reason"]): UnreadableCard => ({
    kind: "unreadable",
    format: "calendar",
    source,
    reason,
  });
  if (bytes.length === 0) return unreadable("empty");
  const components = componentsNamed(found, "vevent");
  if (components.length === 0) {
    const isOther = ["vtodo", "vjournal", "vfreebusy", "vavailability"].some((name) => counts.has(name));
    if (isOther) return unreadable("no-event");
    return unreadable(counts.has("vcalendar") ? "no-event" : "other-kind");
  }
  const described = componentsNamed(found, "vtimezone");
  const read = components.map((component) => readEvent(component, described, charset));
  const lines = read.reduce((sum, { unreadableLines }) => sum + unreadableLines, stray);
  const faults: CardFault[] = [];
  if (truncated) faults.push({ code: "truncated" });
  if (lines > 0) faults.push({ code: "lines-unreadable", count: lines });
  const calendar = found.find(({ name }) => name === "vcalendar");
  const method = (calendar && textOf(calendar, "METHOD"))?.toLowerCase() ?? declaredMethod?.toLowerCase();
  return {
    kind: "calendar",
    source,
    method: methods.find((known) => known === method) ?? null,
    events: read.map(({ event }) => event),
    moreEvents: (counts.get("vevent") ?? 0) - read.length,
    faults,
  };
}
