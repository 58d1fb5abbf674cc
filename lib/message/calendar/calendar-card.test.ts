import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CalendarCard, CalendarEvent } from "../../domain/card.ts";
import { cpuMs } from "../fixtures/cpu-time.ts";
import { readCalendar } from "./calendar-card.ts";

const source = { partId: "1", filename: "invite.ics" };

/** What is read of a calendar file of these lines. */
function read(file: string | Uint8Array, charset: string | null = null) {
  return readCalendar(Buffer.from(file), source, charset, null);
}

function card(file: string | Uint8Array, charset: string | null = null): CalendarCard {
  const read_ = read(file, charset);
  if (read_.kind !== "calendar") throw new Error(`not read: ${read_.reason}`);
  return read_;
}

/** The event of a file with these lines, among others that every file has. */
function event(lines: readonly string[], calendar: readonly string[] = []): CalendarEvent {
  const file = ["BEGIN:VCALENDAR", ...calendar, "BEGIN:VEVENT", ...lines, "END:VEVENT", "END:VCALENDAR"];
  const [first] = card(file.join("\r\n")).events;
  if (first === undefined) throw new Error("no event");
  return first;
}

const at = (text: string) => ({ kind: "moment", ms: Date.parse(text) });
const day = (text: string) => ({ kind: "day", ms: Date.parse(`${text}T00:00:00Z`) });
const start = (line: string, calendar: readonly string[] = []) => event([line], calendar).start;

/** A zone as Outlook describes it. */
const described = (id: string, standard = "+0100", daylight = "+0200") => [
  "BEGIN:VTIMEZONE",
  `TZID:${id}`,
  "BEGIN:STANDARD",
  "DTSTART:16011028T030000",
  "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
  `TZOFFSETFROM:${daylight}`,
  `TZOFFSETTO:${standard}`,
  "END:STANDARD",
  "BEGIN:DAYLIGHT",
  "DTSTART:16010325T020000",
  "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
  `TZOFFSETFROM:${standard}`,
  `TZOFFSETTO:${daylight}`,
  "END:DAYLIGHT",
  "END:VTIMEZONE",
];

describe("the time of an event", () => {
  it.each([
    ["UTC", "DTSTART:20261126T080000Z", "2026-11-26T08:00:00Z"],
    ["a zone of IANA", "DTSTART;TZID=Europe/Berlin:20260708T080000", "2026-07-08T06:00:00Z"],
    ["a zone in lower case", "DTSTART;TZID=europe/berlin:20261126T080000", "2026-11-26T07:00:00Z"],
    [
      "a prefix",
      "DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20261126T080000",
      "2026-11-26T07:00:00Z",
    ],
    ["a zone of Windows", "DTSTART;TZID=W. Europe Standard Time:20260708T080000", "2026-07-08T06:00:00Z"],
    ["in quotes", 'DTSTART;TZID="Turkey Standard Time":20261126T080000', "2026-11-26T05:00:00Z"],
    [
      "a slip of Outlook's",
      "DTSTART;TZID=Central European Standard Time:20261126T080000",
      "2026-11-26T07:00:00Z",
    ],
    [
      "a name for people",
      'DTSTART;TZID="(UTC-05:00) Eastern Time (US & Canada)":20261126T080000',
      "2026-11-26T13:00:00Z",
    ],
    ["half an hour", "DTSTART;TZID=Asia/Kolkata:20261126T080000", "2026-11-26T02:30:00Z"],
    ["the hour that comes twice", "DTSTART;TZID=Europe/Berlin:20261025T023000", "2026-10-25T00:30:00Z"],
    ["the hour that is left out", "DTSTART;TZID=Europe/Berlin:20260329T023000", "2026-03-29T01:30:00Z"],
  ])("is a moment: %s", (_name, line, expected) => {
    expect(start(line)).toEqual(at(expected));
  });

  it("goes by the file's own description of a zone that has no known name", () => {
    for (const id of ["Customized Time Zone", "tzone://Microsoft/Custom"]) {
      const line = (date: string) => `DTSTART;TZID="${id}":${date}T100000`;
      expect(start(line("20261126"), described(id))).toEqual(at("2026-11-26T09:00:00Z"));
      expect(start(line("20260708"), described(id))).toEqual(at("2026-07-08T08:00:00Z"));
      expect(event([line("20260708")], described(id)).zone).toBe("+02:00");
    }
  });

  it("goes by the name where the description of a known zone is wrong", () => {
    const wrong = described("Europe/Berlin", "-0900", "-0800");
    expect(start("DTSTART;TZID=Europe/Berlin:20261126T080000", wrong)).toEqual(at("2026-11-26T07:00:00Z"));
  });

  it("is shown as it is written where nobody knows the zone, and that is said", () => {
    const { start: time, faults } = event(["DTSTART;TZID=Mars/Base:20261126T080000"]);
    expect(time).toEqual({ kind: "floating", ms: Date.parse("2026-11-26T08:00:00Z") });
    expect(faults).toEqual([{ code: "zone-unknown", name: "Mars/Base" }]);
  });

  it("is the same everywhere where it floats", () => {
    expect(start("DTSTART:20261126T080000")).toEqual({
      kind: "floating",
      ms: Date.parse("2026-11-26T08:00:00Z"),
    });
  });

  it.each([
    ["as a date", ["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227"], "2026-12-24", "2026-12-27"],
    ["without an end", ["DTSTART;VALUE=DATE:20261224"], "2026-12-24", "2026-12-25"],
    [
      "that ends on itself",
      ["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261224"],
      "2026-12-24",
      "2026-12-25",
    ],
    ["without VALUE", ["DTSTART:20261224"], "2026-12-24", "2026-12-25"],
    ["with a time that means nothing", ["DTSTART;VALUE=DATE:20261224T000000"], "2026-12-24", "2026-12-25"],
    ["for some days", ["DTSTART;VALUE=DATE:20261224", "DURATION:P3D"], "2026-12-24", "2026-12-27"],
    [
      "as Exchange writes it",
      [
        "DTSTART;TZID=Tokyo Standard Time:20261224T000000",
        "DTEND;TZID=Tokyo Standard Time:20261225T000000",
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
      ],
      "2026-12-24",
      "2026-12-25",
    ],
  ])("is whole days, which no zone moves: %s", (_name, lines, from, until) => {
    expect(event(lines)).toMatchObject({ start: day(from), end: day(until) });
  });

  it.each([
    ["PT1H30M", 90],
    ["P1DT1H", 1_500],
    ["P1W", 10_080],
  ])("ends after %s", (duration, minutes) => {
    const { start: from, end } = event(["DTSTART:20261126T080000Z", `DURATION:${duration}`]);
    expect(((end?.ms ?? 0) - (from?.ms ?? 0)) / 60_000).toBe(minutes);
  });

  it("has no end where that comes before its start, and that is said", () => {
    expect(event(["DTSTART:20261126T080000Z", "DTEND:20261125T080000Z"])).toMatchObject({
      end: null,
      faults: [{ code: "ends-before-start" }],
    });
  });

  it("is missing where it is none, and that is said", () => {
    for (const line of ["DTSTART:tomorrow", "DTSTART:", "DTSTART:20269999", "SUMMARY:x"]) {
      expect(event([line])).toMatchObject({ start: null, faults: [{ code: "no-start" }] });
    }
  });
});

describe("who is invited", () => {
  it("is read with answers, roles and comments", () => {
    const { guests, organizer } = event([
      "ORGANIZER:MAILTO:dewi@example.org",
      'ATTENDEE;CN="Lestari, Ayu";PARTSTAT=ACCEPTED;ROLE=OPT-PARTICIPANT;X-RESPONSE-COMMENT="late":mailto:ayu@example.org',
      "ATTENDEE;CUTYPE=ROOM;CN=Room 5:mailto:room@example.org",
      'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:b@example.org":mailto:a@example.org',
    ]);
    expect(organizer).toEqual({ name: null, address: "dewi@example.org" });
    expect(guests).toMatchObject([
      { person: { name: "Lestari, Ayu" }, answer: "accepted", role: "optional", comment: "late" },
      { isPerson: false, answer: "none" },
      { answer: "delegated", delegates: ["b@example.org"] },
    ]);
  });

  it("is nobody whose name is another's address", () => {
    const { guests } = event(["ATTENDEE;CN=boss@example.com:mailto:mallory@example.net"]);
    expect(guests[0]?.person).toEqual({ name: null, address: "mallory@example.net" });
  });

  it("is read where Exchange forgets an equals sign", () => {
    const { organizer } = event(['ORGANIZER;SENT-BY:"MAILTO:a@example.org":MAILTO:b@example.org']);
    expect(organizer?.address).toBe("b@example.org");
  });

  it("is counted where there are a hundred thousand, in a moment", () => {
    const many = Array.from({ length: 100_000 }, (_, index) => `ATTENDEE:mailto:a${index}@example.org`);
    const { guests, guestCount } = event(many);
    expect(guests).toHaveLength(200);
    expect(guestCount).toBe(100_000);
  });
});

describe("what an event says", () => {
  it("is whole where a fold stands in the middle of a character", () => {
    const bytes = Buffer.from(
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:ประชุม\r\nEND:VEVENT\r\nEND:VCALENDAR",
    );
    const cut = bytes.indexOf("ป") + 1;
    const folded = Buffer.concat([bytes.subarray(0, cut), Buffer.from("\r\n "), bytes.subarray(cut)]);
    expect(card(folded).events[0]?.title).toBe("ประชุม");
  });

  it("is read in the charset that its part names, in UTF-16, with a mark, and in base64 once more", () => {
    const file = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Café\nEND:VEVENT\nEND:VCALENDAR";
    const ways: [Uint8Array, string | null][] = [
      [Buffer.from(file, "latin1"), "iso-8859-1"],
      [Buffer.from(`\ufeff${file}`, "utf16le"), null],
      [Buffer.from(`\ufeff${file}`), null],
      [Buffer.from(Buffer.from(file).toString("base64")), null],
    ];
    for (const [bytes, charset] of ways) expect(card(bytes, charset).events[0]?.title).toBe("Café");
  });

  it("is read from the older format with its quoted-printable", () => {
    const { title, description } = event([
      "SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Caf=C3=A9",
      "DESCRIPTION;ENCODING=QUOTED-PRINTABLE:one=0D=0A=",
      "two",
    ]);
    expect([title, description]).toEqual(["Café", "one\ntwo"]);
  });

  it("has the address of a meeting, and no address that is none", () => {
    const { links } = event([
      "X-GOOGLE-CONFERENCE:https://meet.google.com/abc",
      "URL:javascript:alert(1)",
      "LOCATION:https://example.org/room\\, second floor",
      "DESCRIPTION:Join https://example.zoom.us/j/1 or read https://example.org/minutes",
    ]);
    expect(links).toEqual([
      "https://meet.google.com/abc",
      "https://example.org/room",
      "https://example.zoom.us/j/1",
    ]);
  });

  it("is one of a series where it says so", () => {
    expect(event(["RECURRENCE-ID;RANGE=THISANDFUTURE:20261126T080000Z"]).ofSeries).toEqual({
      was: at("2026-11-26T08:00:00Z"),
      andLater: true,
    });
  });
});

describe("how an event repeats", () => {
  const rule = (text: string) => event(["DTSTART:20261126T080000Z", `RRULE:${text}`]).recurrence;

  it("is what the rule says, however often that is", () => {
    expect(rule("FREQ=SECONDLY;COUNT=1000000000")).toMatchObject({ every: "second", count: 1_000_000_000 });
    expect(rule("FREQ=MONTHLY;BYDAY=-1TH")).toMatchObject({ days: [{ weekday: 4, nth: -1 }] });
    expect(rule("FREQ=MONTHLY;BYDAY=TH;BYSETPOS=-1")).toMatchObject({
      days: [{ weekday: 4, nth: -1 }],
      unsaid: [],
    });
  });

  it("names what it does not say", () => {
    expect(rule("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")).toMatchObject({
      days: [],
      unsaid: ["BYSETPOS"],
    });
  });

  it("is said to be unreadable where it is", () => {
    expect(event(["DTSTART:20261126T080000Z", "RRULE:FREQ=SOMETIMES"]).faults).toEqual([
      { code: "rule-unreadable" },
    ]);
  });
});

describe("a file", () => {
  it("is read without VERSION and METHOD, and with a line that is none, which is counted", () => {
    const lines = [
      "BEGIN:VCALENDAR",
      "BEGIN:VEVENT",
      "SUMMARY:Seeds",
      "no line at all",
      "END:VEVENT",
      "END:VCALENDAR",
    ];
    expect(card(lines.join("\n"))).toMatchObject({
      method: null,
      events: [{ title: "Seeds" }],
      faults: [{ code: "lines-unreadable", count: 1 }],
    });
  });

  it("that breaks off shows what is there, and says so", () => {
    expect(card("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Seeds")).toMatchObject({
      events: [{ title: "Seeds" }],
      faults: [{ code: "truncated" }],
    });
  });

  it("of a thousand events shows the first ones and counts the rest", () => {
    const events = "BEGIN:VEVENT\nSUMMARY:Seeds\nEND:VEVENT\n".repeat(1_000);
    const { events: shown, moreEvents } = card(`BEGIN:VCALENDAR\n${events}END:VCALENDAR`);
    expect(shown.length + moreEvents).toBe(1_000);
    expect(shown).toHaveLength(10);
  });

  it.each([
    ["", "empty"],
    ["<html>", "other-kind"],
    ["BEGIN:VCARD\nFN:A\nEND:VCARD", "other-kind"],
    ["BEGIN:VCALENDAR\nBEGIN:VTODO\nEND:VTODO\nEND:VCALENDAR", "no-event"],
    ["BEGIN:VCALENDAR\nEND:VCALENDAR", "no-event"],
  ])("that holds no event is said to: %s", (file, reason) => {
    expect(read(file)).toMatchObject({ kind: "unreadable", reason });
  });

  it("that asks for much is read in a moment", () => {
    const rules = "RRULE:FREQ=SECONDLY\n".repeat(1_000);
    const zone = `BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:00010101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n${rules}END:STANDARD\nEND:VTIMEZONE\n`;
    const nested = "BEGIN:VEVENT\n".repeat(100_000);
    const began = performance.now();
    expect(start("DTSTART;TZID=X:20261126T080000", zone.split("\n"))?.kind).toBe("floating");
    card(`BEGIN:VCALENDAR\n${nested}`);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe("a file that is made to take long", () => {
  const event = (line: string) => `BEGIN:VCALENDAR\nBEGIN:VEVENT\n${line}`;
  it.each([
    ["returns without a line", "\r".repeat(1_000_000)],
    ["ends of what never began", "BEGIN:VEVENT\n".repeat(20_000) + "END:VTODO\n".repeat(80_000)],
    ["a text that goes on and on", event(`SUMMARY;ENCODING=QUOTED-PRINTABLE:=\n${"a=\n".repeat(300_000)}`)],
    ["parameters without end", event(`ATTENDEE${";A".repeat(45_000)}:mailto:a@example.org\n`.repeat(10))],
    [
      "dates that are left out",
      event(
        `DTSTART:20261126T080000Z\nRRULE:FREQ=DAILY\nEXDATE;TZID=Europe/Berlin:${"20261126T080000,".repeat(600)}20261126T080000\n`.repeat(
          90,
        ),
      ),
    ],
  ])("is read in time that grows with its length: %s", (_name, file) => {
    expect(cpuMs(() => read(file))).toBeLessThan(2_000);
  });
});

describe("a file of any kind", () => {
  const line = fc.oneof(
    fc.constantFrom(
      "BEGIN:VCALENDAR",
      "BEGIN:VEVENT",
      "END:VEVENT",
      "END:VCALENDAR",
      "BEGIN:VTIMEZONE",
      "TZID:X",
      "BEGIN:STANDARD",
      "END:STANDARD",
      "END:VTIMEZONE",
      "TZOFFSETFROM:+9999",
      "TZOFFSETTO:-0000",
    ),
    fc
      .tuple(
        fc.constantFrom(
          ..."DTSTART DTEND;TZID=X DTSTART;TZID=X DTSTART;VALUE=DATE RRULE EXDATE DURATION ATTENDEE;CN= ORGANIZER SEQUENCE RECURRENCE-ID GEO".split(
            " ",
          ),
        ),
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.constantFrom(
            "99999999T999999",
            "00000000",
            "-1",
            "P99999W",
            "FREQ=YEARLY;BYDAY=99XX;UNTIL=x",
            "NaN",
            "16010101T000000",
          ),
        ),
      )
      .map(([name, value]) => `${name}:${value}`),
    fc.string({ unit: "binary" }),
  );

  it("is read without throwing", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        read(["BEGIN:VCALENDAR", "BEGIN:VEVENT", ...lines].join("\r\n"));
      }),
      { numRuns: 300 },
    );
  });

  it("has times that can be written, or none", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const file = read(["BEGIN:VCALENDAR", "BEGIN:VEVENT", ...lines].join("\r\n"));
        for (const { start: from, end } of file.kind === "calendar" ? file.events : []) {
          for (const time of [from, end])
            if (time) expect(() => new Date(time.ms).toISOString()).not.toThrow();
        }
      }),
      { numRuns: 300 },
    );
  });
});
