/**
 * Which zone a calendar file means. Its own description of a zone counts only where the zone has no name that is known: such
 * descriptions are copied for decades, and the names are kept up.
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.6.5
 * @see https://cldr.unicode.org, `windowsZones`, by way of windows-iana
 */

import ICAL from "ical.js";
import { findIana } from "windows-iana";
import { zoneOffsetMs } from "../../domain/zone-offset.ts";
import { type Component, textOf } from "./components.ts";
import { readProperty } from "./properties.ts";

/** Milliseconds east of UTC at a local time, which is counted as if it were UTC. */
type OffsetAt = (localMs: number) => number;

export interface Zone {
  /** An IANA name, or an offset such as "+05:30" for a zone that only the file knows. */
  name(localMs: number): string;
  readonly offsetAt: OffsetAt;
}

/** A zone by the id that a time names, among those that the file describes; null where nobody knows it. */
export function zoneNamed(id: string, described: readonly Component[]): Zone | null {
  const known = knownName(id);
  if (known !== null) return ianaZone(known);
  const plain = unescaped(id);
  const own = described.find((component) => unescaped(textOf(component, "TZID") ?? "") === plain);
  const location = own && textOf(own, "X-LIC-LOCATION");
  const located = location ? knownName(location) : null;
  if (located !== null) return ianaZone(located);
  return (own && describedZone(own)) ?? offsetInName(plain);
}

const unescaped = (text: string): string => text.replace(/\\(.)/gu, "$1").replace(/^"|"$/gu, "").trim();

/** Names that Windows' own list lacks, and that calendars still write. */
const slips: Readonly<Record<string, string>> = {
  "central european standard time": "Europe/Warsaw",
  "central europe standard time": "Europe/Budapest",
  z: "UTC",
  "etc/utc": "UTC",
};

/** "Europe/Berlin", also behind the prefixes that programs put before it, and the names of Windows. */
function knownName(id: string): string | null {
  const plain = unescaped(id).slice(0, 200);
  const slip = slips[plain.toLowerCase()];
  if (slip !== undefined) return slip;
  const [ofWindows] = findIana(plain);
  if (ofWindows !== undefined) return ofWindows;
  const steps = plain.split("/").filter(Boolean);
  for (let from = 0; from < Math.min(steps.length, 6); from += 1) {
    const name = asIana(steps.slice(from).join("/"));
    if (name !== null && (from === 0 || name.includes("/"))) return name;
  }
  return null;
}

function asIana(name: string): string | null {
  if (!/^[A-Za-z][\w+-]*(?:\/[\w+-]+){0,2}$/u.test(name)) return null;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    // The platform's way to say that it has no such zone.
    return null;
  }
}

function ianaZone(name: string): Zone {
  return { name: () => name, offsetAt: (localMs) => offsetAtLocal(name, localMs) };
}

/** The offset of a local time: of the hour that comes twice the first one, of one that is left out the one before. */
function offsetAtLocal(name: string, localMs: number): number {
  const guess = zoneOffsetMs(name, localMs - zoneOffsetMs(name, localMs - 86_400_000));
  return zoneOffsetMs(name, localMs - guess) === guess ? guess : zoneOffsetMs(name, localMs - 86_400_000);
}

/** Rules of more parts than this describe no zone. */
const mostRules = 50;
const plainRule =
  /^RRULE:(?:FREQ=YEARLY|INTERVAL=1|BYMONTH=\d{1,2}|BYDAY=-?\d?[A-Z]{2}|UNTIL=[\dTZ]+|WKST=[A-Z]{2}|;)+$/iu;
const kept = /^(?:DTSTART|TZOFFSETFROM|TZOFFSETTO|RRULE)[;:]/iu;

/** A zone that the file describes itself; null where that says nothing, or more than a zone needs. */
function describedZone(described: Component): Zone | null {
  const rules = described.children.filter(({ name }) => name === "standard" || name === "daylight");
  if (rules.length === 0 || rules.length > mostRules) return null;
  const component = new ICAL.Component("vtimezone");
  component.updatePropertyWithValue("tzid", "described");
  for (const { name, lines } of rules) {
    const part = new ICAL.Component(name);
    for (const line of lines.filter((candidate) => kept.test(candidate))) {
      if (/^RRULE/iu.test(line) && !plainRule.test(line.trim())) return null;
      const property = readProperty(line.trim(), { design: "icalendar", charset: null });
      if (property === null) return null;
      part.addProperty(
        new ICAL.Property(
          [property.name, { ...property.parameters }, property.type, ...property.values],
          part,
        ),
      );
    }
    const complete = ["dtstart", "tzoffsetfrom", "tzoffsetto"].every((needed) => part.hasProperty(needed));
    if (!complete) return null;
    component.addSubcomponent(part);
  }
  const zone = new ICAL.Timezone({ component, tzid: "described" });
  const offsetAt: OffsetAt = (localMs) => {
    try {
      return zone.utcOffset(ICAL.Time.fromJSDate(new Date(localMs), true)) * 1_000;
    } catch {
      // Rules without a date that can be: the zone is as good as not described.
      return 0;
    }
  };
  return { name: (localMs) => offsetName(offsetAt(localMs)), offsetAt };
}

/** "(UTC+01:00) Amsterdam, Berlin …", as Outlook shows zones to people. */
function offsetInName(id: string): Zone | null {
  const [, sign, hours, minutes = "00"] = /^\(?(?:UTC|GMT)([+-])(\d\d?):?(\d\d)?\)?/iu.exec(id) ?? [];
  if (sign === undefined || Number(hours) > 14)
    return /^\(?(?:UTC|GMT)\)/iu.test(id) ? ianaZone("UTC") : null;
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000;
  const offset = sign === "-" ? -size : size;
  return { name: () => offsetName(offset), offsetAt: () => offset };
}

function offsetName(offsetMs: number): string {
  const minutes = Math.min(Math.abs(Math.trunc(offsetMs / 60_000)), 23 * 60 + 59);
  const digits = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0"));
  return `${offsetMs < 0 ? "-" : "+"}${digits.join(":")}`;
}
