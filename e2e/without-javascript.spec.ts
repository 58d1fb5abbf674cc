import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { frameOf, idsInList, newerOf, olderOf, rowNamed, rowsOf, searchFor } from "./mail-page.ts";
import { admin, disconnect, openInbox } from "./sign-in.ts";

test.use({ javaScriptEnabled: false });

const labelNamed = (page: Page, name: string): Locator =>
  page.getByRole("navigation", { name: "Labels" }).getByRole("link", { name });

test("without JavaScript a person signs in, turns pages and sees rows, not placeholders", async ({
  page,
  newPerson,
}) => {
  const person = await newPerson({ messages: 130 });
  await openInbox(page, person);
  await expect(rowsOf(page)).toHaveCount(50);
  await expect(rowsOf(page).first()).toBeVisible();
  await expect(page.getByRole("status", { name: "Loading messages" })).toBeHidden();
  const first = await idsInList(page);
  await olderOf(page).click();
  await expect(page.getByText(/^51–\d+ of /)).toBeVisible();
  await newerOf(page).click();
  await expect(page.getByText(/^1–50 of /)).toBeVisible();
  expect(await idsInList(page)).toEqual(first);
});

test("without JavaScript a search leads to its results", async ({ page, newPerson, google }) => {
  const person = await newPerson({ messages: 20 });
  await google.deliver(person.email, { subject: "The lantern arrives on Friday" });
  await openInbox(page, person);
  await searchFor(page, "subject:lantern");
  await expect(page).toHaveURL(/q=subject%3Alantern/);
  await expect(rowNamed(page, /The lantern arrives/)).toBeVisible();
  await expect(rowsOf(page)).toHaveCount(1);
});

test("without JavaScript a text message is read, and its quoted text unfolds", async ({
  page,
  newPerson,
  google,
}) => {
  const person = await newPerson();
  await google.deliver(person.email, {
    subject: "Re: Lanterns",
    text: "Yes, on Friday.\n\nOn Mon, 2 Nov 2026 at 10:00, Ann <ann@example.org> wrote:\n> When do they arrive?\n> We wait.",
  });
  await openInbox(page, person);
  await rowNamed(page, /Re: Lanterns/).click();
  await expect(page.getByRole("heading", { level: 1, name: "Re: Lanterns" })).toBeVisible();
  await expect(page.getByText("Yes, on Friday.")).toBeVisible();
  await page.getByText("Quoted text", { exact: true }).click();
  await expect(page.getByText("When do they arrive?")).toBeVisible();
  await page.getByRole("link", { name: "Back to the list" }).click();
  await expect(rowNamed(page, /Re: Lanterns/)).toBeVisible();
});

test("without JavaScript an HTML message shows in its frame", async ({ page, newPerson, google }) => {
  const person = await newPerson();
  await google.deliver(person.email, {
    subject: "Prices",
    html: "<p>Lanterns cost <b>twelve</b> crowns.</p>",
  });
  await openInbox(page, person);
  await rowNamed(page, /Prices/).click();
  await expect(frameOf(page).getByText("Lanterns cost twelve crowns.")).toBeVisible();
});

test("without JavaScript the labels open as a drawer on a small screen, and lead on", async ({
  page,
  newPerson,
}) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await openInbox(page, await newPerson({ messages: 30 }));
  await expect(rowsOf(page).first()).toBeVisible();
  await expect(labelNamed(page, "Starred")).toBeHidden();
  await page.getByRole("button", { name: "Open navigation" }).click();
  await expect(labelNamed(page, "Starred")).toBeVisible();
  await labelNamed(page, "Starred").click();
  await expect(page).toHaveURL(/\/starred$/);
});

test("without JavaScript an account is disconnected, and one signs out", async ({
  page,
  newPerson,
  store,
}) => {
  const person = await newPerson();
  await openInbox(page, person);
  await page.getByText(person.email).first().click();
  await page.getByRole("link", { name: "Accounts and data" }).click();
  await disconnect(page, person.email);
  await expect(page.getByText("The account is disconnected.")).toBeVisible();
  expect(await store.accountOf(person.email)).toBeNull();
  // Which signed them out; with another account they sign out by hand.
  await openInbox(page, await newPerson());
  await page.goto("/accounts");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
});

test("without JavaScript an admin revokes access", async ({ page, newReader, store }) => {
  const { accountId, email } = await newReader({ elsewhere: true });
  await newReader({ person: admin });
  await page.goto(`/admin/accounts/${accountId}`);
  await page.getByRole("textbox", { name: "Reason" }).fill("Left the organization");
  await page.getByRole("button", { name: "Revoke access" }).click();
  await expect(page.getByText("Reason: Left the organization")).toBeVisible();
  expect(await store.accountOf(email)).toBeNull();
});
