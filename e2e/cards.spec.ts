import { expect, test } from "./fixtures.ts";

test.use({ timezoneId: "Asia/Jakarta" });

const mail = (type: string, lines: readonly string[]) =>
  [
    "From: Marta Oliveira <marta@example.com>",
    "Subject: A card",
    'Content-Type: multipart/mixed; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain",
    "",
    "See the card.",
    "--b",
    `Content-Type: ${type}; charset=utf-8`,
    "",
    ...lines,
    "--b--",
    "",
  ].join("\r\n");

test("an invitation says when it is here and there, where, and who comes, without a request", async ({
  page,
  google,
  newPerson,
  newReader,
}) => {
  const person = await newPerson();
  const text = mail("text/calendar; method=REQUEST", [
    "BEGIN:VCALENDAR",
    "METHOD:REQUEST",
    "BEGIN:VEVENT",
    "UID:1@example.com",
    "SUMMARY:Quarterly review",
    "DTSTART;TZID=GMT Standard Time:20301128T080000",
    "DTEND;TZID=GMT Standard Time:20301128T090000",
    "LOCATION:Ruang Melati",
    "URL:https://meet.example.com/review",
    "ORGANIZER;CN=Marta Oliveira:mailto:marta@example.com",
    "ATTENDEE;CN=Ayu Lestari;PARTSTAT=ACCEPTED:mailto:ayu@example.com",
    `ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:${person.email}`,
    "END:VEVENT",
    "END:VCALENDAR",
  ]);
  const { id } = await google.deliverRfc822(person.email, text);
  const { accountId } = await newReader({ person });
  await page.goto(`/mail/${accountId}/inbox`);
  await expect
    .poll(async () => (await page.context().cookies()).find(({ name }) => name === "latchkey.zone")?.value)
    .toContain("Jakarta");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).host));
  await page.goto(`/mail/${accountId}/message/${id}`);
  const card = page.getByRole("region", { name: "Calendar invitation" });
  await expect(card.getByRole("heading", { name: "Quarterly review" })).toBeVisible();
  await expect(card).toContainText("15:00 – 16:00 your time, WIB");
  await expect(card).toContainText("08:00 – 09:00 for Marta in London, GMT");
  await expect(
    card.getByRole("img", { name: "15:00 – 16:00 in Jakarta is 08:00 – 09:00 in London." }),
  ).toBeVisible();
  await expect(card.getByRole("listitem")).toHaveText(["Ayu Lestari Comes", "You Has not answered"]);
  await expect(card.getByRole("link", { name: "Show on a map" })).toHaveAttribute("rel", /noreferrer/);
  await expect(card.getByRole("link", { name: "Answer in Google Calendar" })).toHaveAttribute(
    "href",
    /^https:\/\/calendar\.google\.com\/calendar\/r\/day\/2030\/11\/28\?/,
  );
  const download = page.waitForEvent("download");
  await card.getByRole("link", { name: "Download .ics" }).click();
  expect((await download).suggestedFilename()).toBe("invitation.ics");
  expect(new Set(asked)).toEqual(new Set([new URL(page.url()).host]));
});

test("a contact card shows how to reach somebody, and a file that is none says so", async ({
  page,
  google,
  newPerson,
  newReader,
}) => {
  const person = await newPerson();
  const contact = ["BEGIN:VCARD", "VERSION:3.0", "FN:Ayu Lestari", "TEL;TYPE=CELL:+62 812", "END:VCARD"];
  const one = await google.deliverRfc822(person.email, mail("text/vcard", contact));
  const other = await google.deliverRfc822(person.email, mail("text/calendar", ["<html>"]));
  const { accountId } = await newReader({ person });
  await page.goto(`/mail/${accountId}/message/${one.id}`);
  const card = page.getByRole("region", { name: "Contact card" });
  await expect(card.getByRole("heading", { name: "Ayu Lestari" })).toBeVisible();
  await expect(card.getByRole("link", { name: "+62 812" })).toHaveAttribute("href", "tel:+62812");
  await page.goto(`/mail/${accountId}/message/${other.id}`);
  await expect(
    page.getByText("This invitation cannot be read: the file holds something else."),
  ).toBeVisible();
});
