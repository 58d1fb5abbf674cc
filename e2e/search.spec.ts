import { expect, test } from "./fixtures.ts";
import { olderOf, rowNamed, rowsOf, searchFor } from "./mail-page.ts";

test.use({ mailbox: { messages: 3 } });

test("Gmail's operators find what they name, and the query stays in the address", async ({
  page,
  newReader,
}) => {
  const { accountId } = await newReader({
    messages: 10,
    mail: [
      {
        from: "Vera Moss <vera@moss.example>",
        subject: "Ferns",
        text: "Green.",
      },
      {
        from: "Vera Moss <vera@moss.example>",
        subject: "Lichen",
        text: "Grey.",
      },
      {
        from: "Otto <otto@example.org>",
        subject: "Ferns again",
        text: "With a picture of vera.",
        attachments: [{ filename: "fern.png", mimeType: "image/png", contentBase64: "iVBORw0KGgo=" }],
      },
    ],
  });
  await page.goto(`/mail/${accountId}/inbox`);
  const searches: [string, string[]][] = [
    ["from:vera@moss.example", ["Lichen", "Ferns"]],
    ["from:vera subject:ferns", ["Ferns"]],
    ["subject:ferns has:attachment", ["Ferns again"]],
    ["subject:ferns -from:otto", ["Ferns"]],
    ["subject:(lichen OR ferns) from:moss", ["Lichen", "Ferns"]],
  ];
  for (const [query, subjects] of searches) {
    await searchFor(page, query);
    await expect(page).toHaveURL((url) => url.searchParams.get("q") === query);
    await expect(page.getByRole("searchbox", { name: "Search mail" })).toHaveValue(query);
    await expect(page.getByRole("heading", { level: 1, name: `Search: ${query}` })).toBeAttached();
    await expect(rowsOf(page)).toHaveCount(subjects.length);
    for (const subject of subjects) await expect(rowNamed(page, new RegExp(`${subject} `))).toHaveCount(1);
  }
});

test("a search has pages too, and keeps its query on them", async ({ page, newReader }) => {
  const { accountId } = await newReader({ messages: 130 });
  await page.goto(`/mail/${accountId}/all?q=in%3Ainbox`);
  await expect(rowsOf(page)).toHaveCount(50);
  await olderOf(page).click();
  await expect(page.getByText(/^51–/)).toBeVisible();
  await expect(page).toHaveURL((url) => url.searchParams.get("q") === "in:inbox");
});

for (const query of ["subject:(lanterns", '"lanterns', "before:yesterday-or-so"]) {
  test(`a search that Gmail does not understand is explained: ${query}`, async ({
    page,
    reader: { accountId },
  }) => {
    await page.goto(`/mail/${accountId}/inbox`);
    await searchFor(page, query);
    await expect(
      page.getByRole("alert").filter({ hasText: "Gmail does not understand this search" }),
    ).toBeVisible();
    await expect(page.getByRole("searchbox", { name: "Search mail" })).toHaveValue(query);
  });
}

test("a search that finds nothing says so", async ({ page, reader: { accountId } }) => {
  await page.goto(`/mail/${accountId}/inbox`);
  await searchFor(page, "subject:zzyzx");
  await expect(page.getByText("Nothing matches this search")).toBeVisible();
});

test("what is searched for is shown as text, whatever it is", async ({ page, reader: { accountId } }) => {
  const query = `<img src=x onerror=alert(1)>"'&`;
  page.on("dialog", (dialog) => expect(dialog.message(), "a dialog").toBe(""));
  await page.goto(`/mail/${accountId}/all?${new URLSearchParams({ q: query })}`);
  await expect(page.getByRole("searchbox", { name: "Search mail" })).toHaveValue(query);
  await expect(
    page.getByRole("alert").or(page.getByText("Nothing matches this search")).first(),
  ).toBeVisible();
});

test("a search is the page's title, as it was written", async ({ page, reader }) => {
  for (const query of ["$$$ $& $' $1 %s", "<b>{x}</b>"]) {
    await page.goto(`/mail/${reader.accountId}/inbox?${new URLSearchParams({ q: query })}`);
    await expect(page).toHaveTitle(`${query} · Latchkey`);
  }
});
