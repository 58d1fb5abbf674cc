import { answered, expect, test } from "./fixtures.ts";
import { idsInList, newerOf, olderOf, rowNamed, rowsOf } from "./mail-page.ts";
import { openInbox } from "./sign-in.ts";

test.use({ expectedComplaints: answered(404) });

test("a person signs in and reads their inbox, page by page", async ({ page, newPerson }) => {
  await openInbox(page, await newPerson({ messages: 260 }));
  await expect(rowsOf(page)).toHaveCount(50);
  await expect(page.getByText(/^1–50 of /)).toBeVisible();
  const first = await idsInList(page);
  await olderOf(page).click();
  await expect(page.getByText(/^51–\d+ of /)).toBeVisible();
  // The position and the list come each in its own time.
  await expect(rowsOf(page)).toHaveCount(50);
  expect(await idsInList(page)).not.toContain(first[0]);
  await newerOf(page).click();
  await expect(page.getByText(/^1–50 of /)).toBeVisible();
  await expect.poll(() => idsInList(page)).toEqual(first);
});

const note = "That page is no longer there. This is the first one.";

test("every message of the inbox is on exactly one page", async ({ page, newReader }) => {
  const { accountId } = await newReader({ messages: 240 });
  await page.goto(`/mail/${accountId}/inbox`);
  const seen: string[] = [];
  for (;;) {
    await expect(rowsOf(page).first()).toBeVisible();
    seen.push(...(await idsInList(page)));
    if ((await olderOf(page).count()) === 0) break;
    const last = seen.at(-1) ?? "";
    await olderOf(page).click();
    await expect(page.locator(`a[href$="${last}"]`)).toHaveCount(0);
  }
  expect(new Set(seen).size).toBe(seen.length);
  await expect(page.getByText(new RegExp(`–${seen.length} of (about )?${seen.length}$`))).toBeVisible();
  expect(seen.length).toBeGreaterThan(100);
});

test("a search's page token that has expired leads to its first page, with a note", async ({
  page,
  newReader,
}) => {
  const { accountId } = await newReader({ messages: 260 });
  const search = `/mail/${accountId}/all?q=after:2001/01/01`;
  await page.goto(search);
  const first = await idsOnceThere(page);
  const older = new URL((await olderOf(page).getAttribute("href")) ?? "", page.url());
  const cursor = JSON.parse(Buffer.from(older.searchParams.get("cursor") ?? "", "base64url").toString());
  // As Google answers a token of a generation that is over.
  cursor.t = `${cursor.t.slice(0, -4)}AAAA`;
  const stale = Buffer.from(JSON.stringify(cursor)).toString("base64url");
  const answer = await page.goto(`${search}&cursor=${stale}`);
  expect(answer?.status()).toBe(200);
  await expect(page.getByText(note)).toBeVisible();
  expect(await idsOnceThere(page)).toEqual(first);
});

async function idsOnceThere(page: Parameters<typeof rowsOf>[0]): Promise<string[]> {
  await expect(rowsOf(page).first()).toBeVisible();
  return idsInList(page);
}

for (const cursor of ["nonsense", "%F0%9F%98%80", "e30", "bnVsbA", "x".repeat(7000)]) {
  test(`a cursor that is none (${cursor.slice(0, 20)}) leads to the first page, with a note`, async ({
    page,
    newReader,
  }) => {
    const { accountId } = await newReader({ messages: 5 });
    const answer = await page.goto(`/mail/${accountId}/inbox?cursor=${cursor}`);
    expect(answer?.status()).toBe(200);
    await expect(page.getByText(note)).toBeVisible();
    await expect(rowsOf(page).first()).toBeVisible();
  });
}

test("a page past the end leads to the first page, with a note", async ({
  page,
  newPerson,
  google,
  newReader,
}) => {
  const person = await newPerson();
  const delivered = [];
  for (let index = 0; index < 55; index += 1) {
    delivered.push(
      await google.deliver(person.email, { subject: `Letter ${index}`, dateMs: 1.7e12 + index }),
    );
  }
  const { accountId } = await newReader({ person });
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(rowsOf(page)).toHaveCount(50);
  const address = (await olderOf(page).getAttribute("href")) ?? "";
  // The five oldest, which the second page would have shown, are gone by now.
  await google.deleteMessages(
    person.email,
    delivered.slice(0, 5).map(({ id }) => id),
  );
  await page.goto(address);
  await expect(page.getByText(note)).toBeVisible();
  await expect(rowsOf(page)).toHaveCount(50);
});

for (const label of ["no-such-label", "Label_999", "inbox%20x", "%2e%2e%2fadmin", "ünknown"]) {
  test(`a label that is not there (${label}) is not found`, async ({ page, newReader }) => {
    const { accountId } = await newReader({ messages: 3 });
    const answer = await page.goto(`/mail/${accountId}/${label}`);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1, name: "There is nothing here." })).toBeVisible();
  });
}

test("a label of one's own lists its messages, and stands in the rail with its unread count", async ({
  page,
  newPerson,
  google,
  newReader,
}) => {
  const person = await newPerson();
  const label = await google.createLabel(person.email, "Garden/Pond", "#16a766");
  await google.deliver(person.email, { subject: "New fish", labelIds: ["INBOX", "UNREAD", label.id] });
  await google.deliver(person.email, { subject: "Not about fish" });
  const { accountId } = await newReader({ person });
  await page.goto(`/mail/${accountId}/inbox`);
  const link = page.getByRole("navigation", { name: "Labels" }).getByRole("link", { name: "Garden / Pond" });
  await expect(link).toContainText("1");
  await expect(rowNamed(page, /New fish/)).toContainText("Garden / Pond");
  await link.click();
  await expect(rowNamed(page, /New fish/)).toBeVisible();
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(link).toHaveAttribute("aria-current", "page");
});

test("an empty inbox says that it is empty", async ({ page, reader: { accountId } }) => {
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(page.getByText("Nothing here")).toBeVisible();
  await expect(rowsOf(page)).toHaveCount(0);
});

test("a row tells what is unread, starred and comes with attachments", async ({ page, newReader }) => {
  const { accountId } = await newReader({
    mail: [
      {
        from: "Ann Lee <ann@example.org>",
        subject: "Plans",
        labelIds: ["INBOX", "UNREAD", "STARRED"],
        attachments: [{ filename: "plan.pdf", mimeType: "application/pdf", contentBase64: "JVBERi0=" }],
      },
      { subject: "Read already", labelIds: ["INBOX"] },
    ],
  });
  await page.goto(`/mail/${accountId}/inbox`);
  const row = rowNamed(page, /Plans/);
  await expect(row).toHaveAccessibleName(/Unread.*Ann Lee.*Plans.*Starred.*Has attachments/);
  await expect(rowNamed(page, /Read already/)).not.toHaveAccessibleName(/Unread|Starred|attachments/);
});

test("times are told in the reader's own zone", async ({ page, newReader }) => {
  const { accountId } = await newReader({
    mail: [{ subject: "Midnight", dateMs: Date.UTC(2024, 5, 1, 20, 30) }],
  });
  await page.goto(`/mail/${accountId}/inbox`);
  // Jakarta is seven hours ahead.
  await expect(rowNamed(page, /Midnight/).getByTitle("Sun 2 Jun 2024, 03:30")).toBeVisible();
});
