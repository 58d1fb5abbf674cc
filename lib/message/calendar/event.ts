/** One event of a calendar file. @see https://www.rfc-editor.org/rfc/rfc5545#section-3.6.1 */

import type { CalendarEvent, EventFault } from "../../domain/card.ts";
import { clipped, oneLine, printable } from "../mime/visible-text.ts";
import type { Component } from "./components.ts";
import { guestOf, personOf, shortText } from "./guests.ts";
import { linksOf } from "./meeting-links.ts";
import { type PropertyReader, parameterOf, readProperties } from "./properties.ts";
import { recurrenceOf } from "./recurrence.ts";
import { durationMs, type ReadTime, spanOf, timesOf } from "./times.ts";

const names = new Set(
  (
    "uid summary dtstart dtend duration status sequence location url conference description comment organizer attendee " +
    "rrule rdate exdate exrule recurrence-id x-microsoft-cdo-alldayevent x-google-conference " +
    "x-microsoft-skypeteamsmeetingurl x-microsoft-onlinemeetingexternallink"
  ).split(" "),
);

/** Guests, exceptions and the like beyond this are counted, and not read. */
const mostOfEach = 200;
const descriptionLimit = 10_000;

export interface ReadEvent {
  readonly event: CalendarEvent;
  readonly unreadableLines: number;
}

/** @param described the zones that the file describes itself */
export function readEvent(
  component: Component,
  described: readonly Component[],
  charset: string | null,
): ReadEvent {
  const properties = readProperties(component, names, { design: "icalendar", charset }, mostOfEach);
  const times = (name: string) => timesOf(properties.first(name), described);
  const [start] = times("dtstart");
  const [end] = times("dtend");
  const allDay =
    properties.text("x-microsoft-cdo-alldayevent")?.toUpperCase() === "TRUE" && isMidnight(start);
  const span = spanOf(start, end, durationMs(properties.text("duration") ?? ""), allDay);
  const { recurrence, unreadable } = recurrenceOf(properties, described);
  const guests = properties.all("attendee").flatMap((property) => guestOf(property) ?? []);
  const status = properties.text("status")?.toUpperCase();
  const description = properties.text("description");
  const place = shortText(properties.text("location"));
  const faults: EventFault[] = [];
  if (start === undefined) faults.push({ code: "no-start" });
  if (span.endsBeforeStart) faults.push({ code: "ends-before-start" });
  const unknownZone = start?.unknownZone ?? end?.unknownZone ?? null;
  if (unknownZone !== null) faults.push({ code: "zone-unknown", name: oneLine(unknownZone) });
  if (unreadable) faults.push({ code: "rule-unreadable" });
  return {
    unreadableLines: properties.unreadable,
    event: {
      uid: properties.text("uid")?.slice(0, 500) ?? null,
      title: shortText(properties.text("summary")),
      start: span.start,
      end: span.end,
      was: null,
      zone: span.start?.kind === "moment" ? (start?.zone?.name(start.localMs) ?? null) : null,
      isCancelled: status === "CANCELLED",
      isTentative: status === "TENTATIVE",
      sequence: Math.max(0, Math.trunc(Number(properties.text("sequence") ?? 0)) || 0),
      place,
      links: linksOf(properties),
      description:
        description === null ? null : clipped(printable(description).trim(), descriptionLimit) || null,
      comment: shortText(properties.text("comment")),
      organizer: personOf(properties.first("organizer")),
      guests,
      guestCount: guests.length + properties.unread("attendee"),
      recurrence,
      ofSeries: seriesOf(properties, described),
      faults,
    },
  };
}

const isMidnight = (start: ReadTime | undefined): boolean =>
  start !== undefined && start.time.kind !== "day" && start.localMs % 86_400_000 === 0;

function seriesOf(properties: PropertyReader, described: readonly Component[]): CalendarEvent["ofSeries"] {
  const property = properties.first("recurrence-id");
  if (property === null) return null;
  return {
    was: timesOf(property, described)[0]?.time ?? null,
    andLater: parameterOf(property, "range")?.toUpperCase() === "THISANDFUTURE",
  };
}
