import { chooseAtGoogle, expect, openInbox, test } from "./fixtures.ts";

test("a person signs in and reads their inbox, page by page", async ({ page, newPerson }) => {
  const person = await newPerson({ messages: 130 });
  await openInbox(page, person);
  const rows = page.getByRole("list", { name: "Messages" }).getByRole("link");
  await expect(rows).toHaveCount(50);
  await expect(page.getByText(/^1–50 of about/)).toBeVisible();
  const first = await rows.first().textContent();
  await page.getByRole("link", { name: "Older", exact: true }).click();
  await expect(page.getByText(/^51–\d+ of about/)).toBeVisible();
  await page.getByRole("link", { name: "Newer", exact: true }).click();
  await expect(rows.first()).toHaveText(first ?? "");
});

test("signing in a second time shows no consent page", async ({ page, newPerson, context }) => {
  const person = await newPerson();
  await openInbox(page, person);
  await context.clearCookies();
  await page.goto("/");
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await chooseAtGoogle(page, person.email);
  await page.waitForURL(/\/mail\/[^/]+\/inbox$/);
});
