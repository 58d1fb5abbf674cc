import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { ago, datedAt, dayGroup, knownZone, listTime, longDate, offsetOf, shortDate } from "./dates.ts";
import { wordsIn } from "./words.ts";

const en = wordsIn("en");

const at = (text: string) => new Date(text);
// A Saturday in Jakarta, one minute past midnight.
const now = at("2026-11-21T00:01:00+07:00");
const zone = "Asia/Jakarta";

test("a date is the one on the calendar of the zone", () => {
  const late = at("2026-11-20T23:30:00Z");
  expect(longDate(en, late, "UTC")).toBe("Fri 20 Nov 2026, 23:30");
  expect(longDate(en, late, "Asia/Jakarta")).toBe("Sat 21 Nov 2026, 06:30");
  expect(shortDate(en, late, "America/Los_Angeles")).toBe("20 Nov 2026");
});

test("a date with its zone is that of clocks that are so far ahead of UTC", () => {
  const noon = at("2026-11-21T12:00:00Z");
  expect(datedAt(en, noon, 330)).toBe("Sat 21 Nov 2026, 17:30 (GMT+5:30)");
  expect(datedAt(en, noon, -480)).toBe("Sat 21 Nov 2026, 04:00 (GMT\u22128)");
  expect(datedAt(en, noon, 0)).toBe("Sat 21 Nov 2026, 12:00 (GMT)");
});

test.each([
  ["Asia/Jakarta", 420],
  ["Asia/Kathmandu", 345],
  ["America/New_York", -300],
  ["UTC", 0],
])("clocks in %s are %i minutes ahead in November", (name, minutes) => {
  expect(offsetOf(at("2026-11-21T12:00:00Z"), name)).toBe(minutes);
});

test("an offset or an odd spelling makes no zone of its own", () => {
  expect(knownZone("aSIA/jAKARTA")).toBe("Asia/Jakarta");
  const spellings = Array.from({ length: 1_440 }, (_, minute) =>
    knownZone(`+${String(Math.floor(minute / 60)).padStart(2, "0")}${String(minute % 60).padStart(2, "0")}`),
  );
  expect(new Set(spellings).size).toBe(1);
});

test("midnight is 00:00, never 24:00", () => {
  expect(longDate(en, at("2026-11-21T00:00:00Z"), "UTC")).toBe("Sat 21 Nov 2026, 00:00");
});

describe("in the list stands", () => {
  it.each([
    ["the clock, today", "2026-11-21T00:00:00+07:00", "00:00"],
    ["the clock, later today", "2026-11-21T23:59:00+07:00", "23:59"],
    ["the day, two minutes ago and yesterday", "2026-11-20T23:59:00+07:00", "Fri"],
    ["the day, six days ago", "2026-11-15T00:00:00+07:00", "Sun"],
    ["the date, seven days ago", "2026-11-14T23:59:00+07:00", "14 Nov"],
    ["the date, on 1 January of this year", "2026-01-01T00:00:00+07:00", "1 Jan"],
    ["month and year, on 31 December", "2025-12-31T23:59:00+07:00", "Dec 2025"],
    ["the date, tomorrow", "2026-11-22T00:00:00+07:00", "22 Nov"],
    ["month and year, at the beginning of time", "1970-01-01T00:00:00Z", "Jan 1970"],
  ])("%s", (_, date, text) => expect(listTime(en, at(date), now, zone)).toBe(text));
});

describe("the day group", () => {
  // Weeks begin on Monday; 21 November 2026 is a Saturday, so this one began on the 16th.
  it.each([
    ["2026-11-22T00:00:00+07:00", "Later"],
    ["2026-11-21T23:59:59+07:00", "Today"],
    ["2026-11-21T00:00:00+07:00", "Today"],
    ["2026-11-20T23:59:59+07:00", "Yesterday"],
    ["2026-11-20T00:00:00+07:00", "Yesterday"],
    ["2026-11-19T23:59:59+07:00", "Earlier this week"],
    ["2026-11-16T00:00:00+07:00", "Earlier this week"],
    ["2026-11-15T23:59:59+07:00", "November 2026"],
    ["2026-11-01T00:00:00+07:00", "November 2026"],
    ["2026-10-31T23:59:59+07:00", "October 2026"],
    ["2025-11-21T00:00:00+07:00", "November 2025"],
  ])("of %s is %s", (date, group) => expect(dayGroup(en, at(date), now, zone)).toBe(group));

  it("of last Sunday, seen on Monday, is Yesterday; of the Saturday before, its month", () => {
    const monday = at("2026-11-23T08:00:00+07:00");
    expect(dayGroup(en, at("2026-11-22T08:00:00+07:00"), monday, zone)).toBe("Yesterday");
    expect(dayGroup(en, at("2026-11-21T08:00:00+07:00"), monday, zone)).toBe("November 2026");
  });

  it("goes by the zone's calendar on days of 23 and of 25 hours", () => {
    const berlin = "Europe/Berlin";
    const afterSpring = at("2026-03-30T00:30:00+02:00");
    expect(dayGroup(en, at("2026-03-29T01:30:00+01:00"), afterSpring, berlin)).toBe("Yesterday");
    expect(dayGroup(en, at("2026-03-28T23:30:00+01:00"), afterSpring, berlin)).toBe("March 2026");
    const afterAutumn = at("2026-10-26T00:30:00+01:00");
    expect(dayGroup(en, at("2026-10-25T00:30:00+02:00"), afterAutumn, berlin)).toBe("Yesterday");
  });
});

test("a later message never stands in an earlier group", () => {
  const order = ["Later", "Today", "Yesterday", "Earlier this week"];
  const rank = (date: Date) => {
    const place = order.indexOf(dayGroup(en, date, now, zone));
    return place === -1 ? order.length : place;
  };
  const date = fc.date({
    min: at("2026-10-01T00:00:00Z"),
    max: at("2026-12-01T00:00:00Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(date, date, (a, b) => {
      const [earlier, later] = a < b ? [a, b] : [b, a];
      expect(rank(later)).toBeLessThanOrEqual(rank(earlier));
    }),
  );
});

test.each([
  ["2026-11-21T00:00:31+07:00", "just now"],
  ["2026-11-21T00:05:00+07:00", "just now"],
  ["2026-11-21T00:00:00+07:00", "1 min ago"],
  ["2026-11-20T23:02:00+07:00", "59 min ago"],
  ["2026-11-20T23:01:00+07:00", "1 h ago"],
  ["2026-11-20T00:02:00+07:00", "23 h ago"],
  ["2026-11-20T00:01:00+07:00", "yesterday"],
  ["2026-11-19T23:59:00+07:00", "19 Nov 2026"],
])("%s was %s", (date, text) => expect(ago(en, at(date), now, zone)).toBe(text));

describe("a zone that this runtime does not know is the server's own", () => {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  it.each([
    undefined,
    "",
    "Mars/Olympus",
    "../etc/passwd",
    "<script>",
    "Europe/Berlin; x",
    "a".repeat(5_000),
    "+01:23",
    "-0700",
    "+7",
    "GMT+1",
  ])("%s", (zone) => expect(knownZone(zone)).toBe(own));

  it.each(["Asia/Jakarta", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+7"])("%s is known", (zone) => {
    expect(() => longDate(en, now, knownZone(zone))).not.toThrow();
    expect(longDate(en, now, knownZone(zone))).toBe(longDate(en, now, zone));
  });
});
