import { answered, expect, test } from "./fixtures.ts";
import { rowNamed } from "./mail-page.ts";

test.use({ expectedComplaints: answered(401) });

test("signing out in one tab takes the mail from view in all, and going back does not bring it", async ({
  context,
  page,
  newReader,
}) => {
  const { accountId, messageId: id } = await newReader({
    mail: [{ subject: "The pond", text: "Deep water" }],
  });
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(rowNamed(page, /The pond/)).toBeVisible();
  const [list, message] = [await context.newPage(), await context.newPage()];
  await list.goto(`/mail/${accountId}/inbox`);
  await expect(rowNamed(list, /The pond/)).toBeVisible();
  await message.goto(`/mail/${accountId}/message/${id}`);
  await expect(message.getByText("Deep water")).toBeVisible();
  await page.goto("/accounts");
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  for (const tab of [page, list, message]) {
    await expect(tab.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
    await expect(tab.getByText("The pond")).toHaveCount(0);
  }
  await page.goBack();
  await page.goBack();
  await expect(page.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
  await expect(page.getByText("The pond")).toHaveCount(0);
});

test("a session that is ended elsewhere takes its mail from view, with nobody touching the page", async ({
  context,
  page,
  newReader,
}) => {
  const person = await newReader({ mail: [{ subject: "The pond", text: "Deep water" }] });
  const streaming = page.waitForResponse((answer) => answer.url().endsWith("/live"));
  await page.goto(`/mail/${person.accountId}/inbox`);
  await expect(rowNamed(page, /The pond/)).toBeVisible();
  await streaming;
  const message = await context.newPage();
  await message.goto(`/mail/${person.accountId}/message/${person.messageId}`);
  await expect(message.getByText("Deep water")).toBeVisible();
  const elsewhere = await newReader({ person, elsewhere: true });
  const accounts = await elsewhere.context.newPage();
  await accounts.goto("/accounts");
  await accounts.getByRole("link", { name: "Sign out everywhere" }).click();
  await accounts.getByRole("button", { name: "Sign out everywhere" }).click();
  for (const tab of [page, message]) {
    await expect(tab.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
    await expect(tab.getByText("The pond")).toHaveCount(0);
  }
});

test("events are for whoever is signed in, and asking for their head alone opens nothing", async ({
  context,
  request,
  reader: { accountId },
}) => {
  const [live, foreign] = [`/mail/${accountId}/live`, "/mail/01900000-0000-7000-8000-000000000000/live"];
  for (const method of ["GET", "HEAD"]) {
    expect((await request.fetch(live, { method, maxRedirects: 0 })).status(), method).toBe(401);
    expect((await context.request.fetch(foreign, { method })).status(), method).toBe(404);
  }
  expect((await context.request.head(live)).status()).toBe(204);
});
