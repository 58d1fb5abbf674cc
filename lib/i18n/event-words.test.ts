import { describe, expect, it } from "vitest";
import type { CalendarTime, EventSpan } from "../domain/card.ts";
import { distanceWords, spanWords } from "./event-words.ts";
import { googleDay } from "./google-day.ts";
import { wordsIn } from "./words.ts";
import { cityOf, zoneWords } from "./zone-words.ts";

const en = wordsIn("en");
const now = new Date("2026-11-24T05:00:00Z");
const jakarta = "Asia/Jakarta";

const time = (kind: CalendarTime["kind"], text: string): CalendarTime => ({ kind, ms: Date.parse(text) });
const span = (kind: CalendarTime["kind"], from: string, until: string | null): EventSpan => ({
  start: time(kind, from),
  end: until === null ? null : time(kind, until),
});

describe("when an event is", () => {
  it.each([
    ["one day", span("moment", "2026-11-26T08:00Z", "2026-11-26T09:00Z"), "Thu 26 Nov, 15:00 – 16:00"],
    ["until midnight", span("moment", "2026-11-26T15:00Z", "2026-11-26T17:00Z"), "Thu 26 Nov, 22:00 – 00:00"],
    [
      "two days",
      span("moment", "2026-11-26T08:00Z", "2026-11-28T04:00Z"),
      "Thu 26 Nov, 15:00 – Sat 28 Nov, 11:00",
    ],
    ["without an end", span("moment", "2026-11-26T08:00Z", null), "Thu 26 Nov, 15:00"],
    ["another year", span("moment", "2027-01-01T08:00Z", null), "Fri 1 Jan 2027, 15:00"],
    [
      "a floating time",
      span("floating", "2026-11-26T08:00Z", "2026-11-26T09:00Z"),
      "Thu 26 Nov, 08:00 – 09:00",
    ],
    ["a whole day", span("day", "2026-12-24T00:00Z", "2026-12-25T00:00Z"), "Thu 24 Dec, all day"],
    ["whole days", span("day", "2026-12-24T00:00Z", "2026-12-27T00:00Z"), "Thu 24 Dec – Sat 26 Dec, all day"],
    ["never", { start: null, end: null }, "The file does not say when."],
  ])("is said on the reader's clock: %s", (_name, event, expected) => {
    expect(spanWords(en, event, now, jakarta).whole).toBe(expected);
  });

  it("is the same day for everybody where it is a whole one", () => {
    const day = span("day", "2026-12-24T00:00Z", "2026-12-25T00:00Z");
    for (const zone of ["Pacific/Kiritimati", "Pacific/Niue"]) {
      expect(spanWords(en, day, now, zone).whole).toBe("Thu 24 Dec, all day");
      expect(googleDay(day.start as CalendarTime, zone, "a@example.org")).toContain("/day/2026/12/24?");
    }
  });
});

describe("how far away an event is", () => {
  const event = span("moment", "2026-11-26T08:00Z", "2026-11-26T09:00Z");
  it.each([
    ["2026-11-24T05:00Z", "in 2 days"],
    ["2026-11-25T15:00Z", "tomorrow"],
    ["2026-11-26T04:00Z", "in 4 hours"],
    ["2026-11-26T07:30Z", "in 30 minutes"],
    ["2026-11-26T08:30Z", ""],
    ["2026-11-26T18:00Z", "yesterday"],
    ["2026-10-01T00:00Z", "in 8 weeks"],
    ["2025-11-26T00:00Z", "in 11 months"],
  ])("is said in the largest unit that helps: %s", (at, expected) => {
    expect(distanceWords(en, event, new Date(at), jakarta)).toBe(expected);
  });

  it("goes by the reader's calendar for a whole day", () => {
    const day = span("day", "2026-11-26T00:00Z", "2026-11-27T00:00Z");
    const late = new Date("2026-11-25T20:00:00Z");
    expect(distanceWords(en, day, late, "UTC")).toBe("tomorrow");
    expect(distanceWords(en, day, late, jakarta)).toBe("");
  });
});

describe("a zone", () => {
  it("has the short name that people there know, and a city", () => {
    expect(zoneWords(en, jakarta, now)).toBe("WIB");
    expect(zoneWords(en, "Europe/Lisbon", now)).toBe("WET");
    expect(zoneWords(en, "+05:30", now)).toBe("GMT+5:30");
    expect(cityOf(en, "America/Argentina/Buenos_Aires", now)).toBe("Buenos Aires");
    expect(cityOf(en, "Asia/Calcutta", now)).toBe("Kolkata");
    expect(cityOf(en, "Etc/GMT+3", now)).toBe("GMT-3");
  });
});
