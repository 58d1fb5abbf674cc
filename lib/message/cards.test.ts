import { describe, expect, it } from "vitest";
import type { CalendarCard, Card } from "../domain/card.ts";
import { withEarlierTimes } from "./cards.ts";
import { bodyPartsToLoad } from "./content.ts";
import { messageFrom } from "./fixtures/gmail-payload.ts";
import { makeReadable } from "./readable.ts";

interface Calendar {
  readonly method?: string;
  readonly lines?: readonly string[];
}

const calendar = ({ method = "REQUEST", lines = [] }: Calendar = {}) =>
  [
    "BEGIN:VCALENDAR",
    `METHOD:${method}`,
    "BEGIN:VEVENT",
    "UID:1@example.org",
    "SUMMARY:Seeds",
    "DTSTART:20261126T080000Z",
    "ORGANIZER:mailto:marta@example.org",
    "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ayu@example.org",
    ...lines,
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");

/** A message of parts: each its headers, a blank line and its text. */
const mail = (parts: readonly string[], from = "marta@example.org") =>
  messageFrom(
    [
      `From: ${from}`,
      "Content-Type: multipart/mixed; boundary=b",
      "",
      ...parts.flatMap((part) => ["--b", part]),
      "--b--",
      "",
    ].join("\r\n"),
  );

const inline = (text: string) => `Content-Type: text/calendar; charset=utf-8\r\n\r\n${text}`;
const file = (text: string, name = "invite.ics", type = "application/ics") =>
  `Content-Type: ${type}; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\n${text}`;

async function cards(parts: readonly string[], from?: string): Promise<readonly Card[]> {
  const message = await mail(parts, from);
  const loaded = new Map(
    bodyPartsToLoad(message).map(({ partId }) => [
      partId,
      Buffer.from(parts[Number(partId)]?.split("\r\n\r\n")[1] ?? ""),
    ]),
  );
  return makeReadable(message, { loaded }).cards;
}

describe("the cards of a message", () => {
  it("are one for an invitation that is sent as a part and as a file, which is not even loaded", async () => {
    const parts = [inline(calendar()), file(calendar())];
    expect(bodyPartsToLoad(await mail(parts))).toEqual([]);
    expect(await cards(parts)).toMatchObject([{ kind: "calendar", events: [{ title: "Seeds" }] }]);
  });

  it("are one for files that say the same in other words", async () => {
    const other = calendar({ lines: ["X-OTHER:words"] });
    expect(await cards([inline(calendar()), file(other)])).toHaveLength(1);
  });

  it("are read from a file whose type says nothing, by its name", async () => {
    const parts = [
      file(calendar(), "invite.ics", "application/octet-stream"),
      file("BEGIN:VCARD\nFN:Ann\nEND:VCARD", "ann.vcf", "application/octet-stream"),
    ];
    expect((await cards(parts)).map(({ kind }) => kind)).toEqual(["calendar", "contacts"]);
  });

  it("say which file was not loaded, and which is too large", async () => {
    const message = await mail([file(calendar()), file("x".repeat(2_000_001), "large.ics")]);
    expect(bodyPartsToLoad(message)).toHaveLength(1);
    expect(makeReadable(message).cards).toMatchObject([
      { kind: "unreadable", reason: "not-loaded" },
      { kind: "unreadable", reason: "too-large" },
    ]);
  });

  it("say so when somebody else takes an event back, or answers in another's name", async () => {
    const fault = { code: "other-sender", named: "marta@example.org", sender: "mallory@example.net" };
    const cancel = inline(calendar({ method: "CANCEL" }));
    expect(await cards([cancel], "mallory@example.net")).toMatchObject([{ faults: [fault] }]);
    expect(await cards([cancel], "Marta@example.org")).toMatchObject([{ faults: [] }]);
    expect(await cards([inline(calendar({ method: "REPLY" }))], "mallory@example.net")).toMatchObject([
      { faults: [{ ...fault, named: "ayu@example.org" }] },
    ]);
  });
});

describe("an updated invitation", () => {
  const moved = calendar({ lines: ["SEQUENCE:1"] }).replace("T080000Z", "T100000Z");
  const only = async (text: string) => (await cards([inline(text)]))[0] as CalendarCard;

  it("says when it was to be, by an earlier one to the same event", async () => {
    const before = await only(calendar());
    const [card] = withEarlierTimes([await only(moved)], [before]);
    expect(card).toMatchObject({ events: [{ was: { start: { ms: Date.parse("2026-11-26T08:00:00Z") } } }] });
  });

  it("says nothing of it where the time is the same, or the event is another", async () => {
    const same = await only(calendar({ lines: ["SEQUENCE:1"] }));
    const other = await only(calendar().replace("UID:1", "UID:2"));
    for (const [card, earlier] of [
      [same, await only(calendar())],
      [await only(moved), other],
    ] as const) {
      expect(withEarlierTimes([card], [earlier])).toEqual([card]);
    }
  });
});
