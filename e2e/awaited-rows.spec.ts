/** Rows that are not here yet, pauses and a Google that does not answer: the page mends itself, and says what it waits for. */
import type { Page } from "@playwright/test";
import { expect, type Reader, test } from "./fixtures.ts";
import { idsInList, newerOf, olderOf, rowsOf, searchFor } from "./mail-page.ts";
import type { Store } from "./store.ts";

const limit = 1_000_000;

const notice = (page: Page, text: string | RegExp) => page.getByRole("alert").filter({ hasText: text });
const onTheWay = (page: Page) => page.getByRole("status").filter({ hasText: "on the way" });
const placesOf = (page: Page) => page.getByRole("list", { name: "Messages" }).locator(".row");

/** A person whose jobs wait, so that only pages bring in what the copy lacks: and that is everything. */
async function reading(store: Store, { accountId }: Reader): Promise<string> {
  await expect.poll(() => store.rowsOfMail(accountId)).toMatchObject({ Mirror: 1 });
  await store.holdJobs(accountId);
  await forgetCopy(store, accountId);
  return accountId;
}

async function forgetCopy(store: Store, accountId: string): Promise<void> {
  for (const table of ["MessageLabel", "MirroredMessage", "WantedMessage"])
    await store.query(`DELETE FROM "${table}" WHERE "accountId" = $1`, [accountId]);
  await store.query(`UPDATE "MirroredLabel" SET "wholeDownTo" = NULL WHERE "accountId" = $1`, [accountId]);
  await store.query(
    `UPDATE "Mirror" SET "fillToken" = NULL, "filledDownTo" = NULL, "filledAt" = NULL WHERE "accountId" = $1`,
    [accountId],
  );
}

/** Uses up the minute, but for so many units; more becomes free when `release` is called. */
async function useUp(store: Store, accountId: string, left: number): Promise<void> {
  await store.query(
    `INSERT INTO "QuotaWindow" ("accountId", moments, units)
     VALUES ($1, ARRAY[(extract(epoch FROM now()) * 1000)::bigint], ARRAY[$2::int])
     ON CONFLICT ("accountId") DO UPDATE SET moments = EXCLUDED.moments, units = EXCLUDED.units`,
    [accountId, limit - left],
  );
}

const aMinutePasses = (store: Store, accountId: string) =>
  store.query(`UPDATE "QuotaWindow" SET moments = '{}', units = '{}' WHERE "accountId" = $1`, [accountId]);

test("rows that the quota does not reach are places that fill by themselves, and nothing moves", async ({
  page,
  newReader,
  store,
}) => {
  const accountId = await reading(store, await newReader({ messages: 120 }));
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(rowsOf(page)).toHaveCount(50);
  await forgetCopy(store, accountId);
  await useUp(store, accountId, 20_300);
  await searchFor(page, "before:2100/01/01");
  await expect(onTheWay(page)).toContainText(/\d+ messages are on the way, and appear by themselves/);
  await expect(page.getByText(/Reload|Not loaded/)).toHaveCount(0);
  await expect(placesOf(page)).toHaveCount(50);
  const here = await idsInList(page);
  expect(here.length).toBeLessThan(50);
  await rowsOf(page).first().focus();
  await page.evaluate(() => window.scrollTo({ top: 200 }));
  const before = {
    box: await rowsOf(page).first().boundingBox(),
    scrolled: await page.evaluate(() => scrollY),
  };
  await aMinutePasses(store, accountId);
  await expect(rowsOf(page)).toHaveCount(50, { timeout: 30_000 });
  await expect(onTheWay(page)).toHaveCount(0);
  expect((await idsInList(page)).filter((id) => here.includes(id))).toEqual(here);
  expect(await rowsOf(page).first().boundingBox()).toEqual(before.box);
  expect(await page.evaluate(() => scrollY)).toBe(before.scrolled);
  await expect(rowsOf(page).first()).toBeFocused();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test("the same page says that rows follow, leads to them, and comes again by itself", async ({
    page,
    context,
    newReader,
    store,
  }) => {
    const accountId = await reading(store, await newReader({ messages: 60 }));
    await context.clearCookies({ name: "latchkey.zone" });
    await useUp(store, accountId, 20_300);
    await page.goto(`/mail/${accountId}/all?q=before%3A2100%2F01%2F01`);
    await expect(onTheWay(page)).toBeVisible();
    await expect(page.getByRole("link", { name: "Show what has come" })).toBeVisible();
    await aMinutePasses(store, accountId);
    await expect(rowsOf(page)).toHaveCount(50, { timeout: 30_000 });
  });
});

test("a deep page that the copy does not reach leads on and back, and its places fill", async ({
  page,
  newReader,
  store,
}) => {
  const accountId = await reading(store, await newReader({ messages: 400 }));
  await page.goto(`/mail/${accountId}/all`);
  await olderOf(page).click();
  await expect(page.getByText(/^51–100\b/)).toBeVisible();
  await expect(rowsOf(page)).toHaveCount(50);
  const second = await idsInList(page);
  await olderOf(page).click();
  await expect(page.getByText(/^101–150\b/)).toBeVisible();
  const third = page.url();
  // Somebody comes by a link, and nothing above it is here any more.
  await forgetCopy(store, accountId);
  await useUp(store, accountId, 20_020);
  await page.goto(third);
  await expect(page.getByText(/^101–150\b/)).toBeVisible();
  await expect(placesOf(page)).toHaveCount(50);
  await expect(page.getByText("Now", { exact: true })).toHaveCount(0);
  await expect(newerOf(page)).toBeVisible();
  await aMinutePasses(store, accountId);
  await expect(rowsOf(page)).toHaveCount(50, { timeout: 30_000 });
  await expect(olderOf(page)).toBeVisible();
  await newerOf(page).click();
  await expect(page.getByText(/^51–100\b/)).toBeVisible();
  await expect(rowsOf(page)).toHaveCount(50);
  expect(await idsInList(page)).toEqual(second);
});

test("Google does not answer: the list says so within a look, on a page that opens and on one that stands open", async ({
  page,
  context,
  google,
  store,
  newReader,
}) => {
  const { accountId, email } = await newReader({ messages: 20 });
  await store.untilFilled(accountId);
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(rowsOf(page)).not.toHaveCount(0);
  await google.fault({ kind: "5xx", target: "gmail", email });
  await page.reload();
  const banner = notice(page, /Google is not answering\. This is your mail as of \d\d:\d\d/);
  await expect(banner).toBeVisible();
  await expect(rowsOf(page)).not.toHaveCount(0);
  // From now on it is there with the page itself.
  const again = await context.request.get(`/mail/${accountId}/inbox`);
  expect(await again.text()).toContain("This is your mail as of");
  await google.clearFaults(email);
  await expect(banner).toHaveCount(0, { timeout: 40_000 });
});

test("a pause that an opened message meets ends by itself, and says when", async ({
  page,
  google,
  newReader,
}) => {
  const { accountId, email, messageId: id } = await newReader({ mail: [{ subject: "After the pause" }] });
  const pause = { kind: "429", retryAfterSeconds: 9 } as const;
  await google.fault({ ...pause, target: "gmail", method: "messages.get", email, count: 1 });
  await page.goto(`/mail/${accountId}/message/${id}`);
  await expect(notice(page, "Google asks for a pause")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "After the pause" })).toBeVisible({
    timeout: 30_000,
  });
});
