import { expect, it } from "vitest";
import { readCalendar } from "../message/calendar/calendar-card.ts";
import { recurrenceWords } from "./recurrence-words.ts";
import { type Words, wordsIn } from "./words.ts";

const now = new Date("2026-11-24T05:00:00Z");

/** How an event of Lisbon's repeats, for somebody who reads of it elsewhere. */
function said(t: Words, rule: string, reader = "Europe/Lisbon", more = ""): string {
  const file = `BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=Europe/Lisbon:20261126T080000\nRRULE:${rule}\n${more}\nEND:VEVENT\nEND:VCALENDAR`;
  const card = readCalendar(Buffer.from(file), { partId: "", filename: "" }, null, null);
  const event = card.kind === "calendar" ? card.events[0] : undefined;
  if (event === undefined) throw new Error("no event");
  return recurrenceWords(t, event, now, reader).join(" · ");
}

it.each([
  ["FREQ=WEEKLY", "Every Thursday", "Setiap Kamis", "ทุกวันพฤหัสบดี"],
  [
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20270625T000000Z",
    "Every 2 weeks on Monday and Thursday · until Fri 25 Jun 2027",
    "Setiap 2 minggu pada hari Senin dan Kamis · sampai Jum 25 Jun 2027",
    "ทุก 2 สัปดาห์ ในวันจันทร์และวันพฤหัสบดี · จนถึง ศุกร์ 25 มิ.ย. 2570",
  ],
  [
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "Every day from Monday to Friday",
    "Setiap hari Senin sampai Jumat",
    "ทุกวันจันทร์ถึงวันศุกร์",
  ],
  [
    "FREQ=MONTHLY;BYDAY=4TH;COUNT=10",
    "Every month on the fourth Thursday · 10 times",
    "Setiap bulan pada Kamis keempat · 10 kali",
    "ทุกเดือน ในวันพฤหัสบดีที่สี่ · 10 ครั้ง",
  ],
  [
    "FREQ=MONTHLY;BYDAY=TH;BYSETPOS=-1",
    "Every month on the last Thursday",
    "Setiap bulan pada Kamis terakhir",
    "ทุกเดือน ในวันพฤหัสบดีสุดท้าย",
  ],
  [
    "FREQ=MONTHLY;BYMONTHDAY=1,15",
    "Every month on days 1, 15",
    "Setiap bulan pada tanggal 1, 15",
    "ทุกเดือน ในวันที่ 1, 15",
  ],
  ["FREQ=MONTHLY", "Every month on day 26", "Setiap bulan pada tanggal 26", "ทุกเดือน ในวันที่ 26"],
  ["FREQ=YEARLY", "Every year on 26 November", "Setiap tahun pada 26 November", "ทุกปี ในวันที่ 26 พฤศจิกายน"],
  [
    "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
    "Every year on the fourth Thursday in November",
    "Setiap tahun pada Kamis keempat di bulan November",
    "ทุกปี ในวันพฤหัสบดีที่สี่ ในเดือนพฤศจิกายน",
  ],
  [
    "FREQ=DAILY;COUNT=1000000000",
    "Every day · 1,000,000,000 times",
    "Setiap hari · 1.000.000.000 kali",
    "ทุกวัน · 1,000,000,000 ครั้ง",
  ],
])("a rule is said in three languages: %s", (rule, ...expected) => {
  expect((["en", "id", "th"] as const).map((language) => said(wordsIn(language), rule))).toEqual(expected);
});

const en = wordsIn("en");

it("what no sentence says is named", () => {
  expect(said(en, "FREQ=YEARLY;BYWEEKNO=20")).toMatch(/The rule says more .*BYWEEKNO/);
});

it("dates that are left out are named as far as that helps", () => {
  const dates = Array.from({ length: 6 }, (_, index) => `202612${10 + index}T080000`).join(",");
  expect(said(en, "FREQ=DAILY", undefined, `EXDATE;TZID=Europe/Lisbon:${dates}`)).toBe(
    "Every day · not on Thu 10 Dec, Fri 11 Dec, Sat 12 Dec and Sun 13 Dec and 2 more dates",
  );
});

it("whose days are those of another place is said to somebody where they are others", () => {
  expect(said(en, "FREQ=WEEKLY;BYDAY=TH", "Pacific/Honolulu")).toBe("Every Thursday · days as in Lisbon");
});
