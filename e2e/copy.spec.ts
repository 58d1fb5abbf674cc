import type { Page } from "@playwright/test";
import { answered, expect, type Reader, test } from "./fixtures.ts";
import { idsInList, olderOf, openFirst, openMessage, rowNamed, rowsOf, searchFor } from "./mail-page.ts";
import { place } from "./places.ts";
import { disconnect } from "./sign-in.ts";
import type { Store } from "./store.ts";

const notice = (page: Page, text: string | RegExp) => page.getByRole("alert").filter({ hasText: text });

/** Opens the inbox once the whole mailbox is here. */
async function readFromCopy(page: Page, store: Store, { accountId }: Reader): Promise<void> {
  await store.untilFilled(accountId);
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(rowsOf(page).first()).toBeVisible();
}

test("older mail comes in by itself, and the rail says how far that is", async ({
  page,
  newPerson,
  google,
  store,
  newReader,
}) => {
  const person = await newPerson({ messages: 700 });
  await google.fault({ kind: "slow", latencyMs: 150, target: "batch", email: person.email });
  const { accountId } = await newReader({ person });
  await page.goto(`/mail/${accountId}/inbox`);
  const progress = page.getByRole("progressbar", { name: "Bringing in older mail" });
  await expect(progress).toBeVisible();
  await expect(page.getByText(/^\d{2,3} of about 700$/)).toBeVisible();
  await expect(page.getByText(/^1–50 of about \d+$/)).toBeVisible();
  await google.clearFaults(person.email);
  await store.untilFilled(accountId);
  await expect(progress).toHaveCount(0);
  await expect(page.getByText(/^1–50 of \d+$/)).toBeVisible();
});

test("pages and opened messages cost Google nothing", async ({ page, newReader, store }) => {
  const person = await newReader({ messages: 180 });
  const { accountId } = person;
  await readFromCopy(page, store, person);
  await openFirst(page);
  await page.goto(`/mail/${accountId}/inbox`);
  const units = async () =>
    (
      await store.query<{ units: string }>(
        `SELECT coalesce(sum(units), 0) AS units FROM "QuotaSpent"
       WHERE "accountId" = $1 AND method NOT IN ('history.list', 'labels.list', 'getProfile', 'watch')`,
        [accountId],
      )
    )[0]?.units;
  const before = await units();
  await openFirst(page);
  await page.goto(`/mail/${accountId}/all`);
  await olderOf(page).click();
  await expect(page.getByText(/^51–/)).toBeVisible();
  await page.goto(`/mail/${accountId}/starred`);
  await expect(page.getByRole("main")).toBeVisible();
  expect(await units()).toBe(before);
});

test("new mail comes into the open inbox, and labels follow", async ({ page, newReader, google, store }) => {
  const person = await newReader({ messages: 40 });
  await readFromCopy(page, store, person);
  const { id } = await google.deliver(person.email, { subject: "Just in" });
  await expect(rowNamed(page, /Unread.*Just in/)).toBeVisible();
  await google.relabel(person.email, [id], { remove: ["UNREAD"], add: ["STARRED"] });
  await expect(rowNamed(page, "Just in").getByLabel("Starred")).toBeVisible();
  await expect(rowNamed(page, /Unread.*Just in/)).toHaveCount(0);
  await google.relabel(person.email, [id], { remove: ["INBOX"] });
  await expect(rowNamed(page, "Just in")).toHaveCount(0);
});

test("what is being read does not move: new messages wait above until they are asked for", async ({
  page,
  newReader,
  google,
  store,
}) => {
  const person = await newReader({ messages: 120 });
  await readFromCopy(page, store, person);
  const row = rowsOf(page).nth(30);
  await row.scrollIntoViewIfNeeded();
  await page.evaluate(() => window.scrollBy(0, 300));
  const before = { ids: await idsInList(page), box: await row.boundingBox() };
  await google.deliver(person.email, { subject: "First of two" });
  await expect(page.getByRole("button", { name: "1 new message" })).toBeVisible();
  await google.deliver(person.email, { subject: "Second of two" });
  const button = page.getByRole("button", { name: "2 new messages" });
  await expect(button).toBeVisible();
  expect({ ids: await idsInList(page), box: await row.boundingBox() }).toEqual(before);
  await button.click();
  await expect(rowNamed(page, "Second of two")).toBeInViewport();
  await expect(rowNamed(page, "First of two")).toBeInViewport();
  await expect(button).toHaveCount(0);
});

test("a page that is read from its middle on does not speak of new messages where there are none", async ({
  page,
  newReader,
  google,
  store,
}) => {
  const person = await newReader({ messages: 120 });
  const listening = () => page.waitForResponse((response) => response.url().endsWith("/live"));
  const first = listening();
  await readFromCopy(page, store, person);
  await first;
  await page.evaluate(() => window.scrollBy(0, 900));
  // The browser comes back to where one was; then the page begins to listen, and is told how things stand.
  const again = listening();
  await page.reload();
  await again;
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(100);
  await google.deliver(person.email, { subject: "The only one" });
  await expect(page.getByRole("button", { name: "1 new message" })).toBeVisible();
});

test.describe("a stream that the server once refused", () => {
  test.use({ expectedComplaints: answered(502) });
  test("is asked for again", async ({ page, newReader, google, store }) => {
    const person = await newReader({ messages: 5 });
    await page.route("**/live", (route) => route.fulfill({ status: 502, body: "Bad gateway" }), { times: 1 });
    const refused = page.waitForResponse((response) => response.url().endsWith("/live"));
    await readFromCopy(page, store, person);
    expect((await refused).status()).toBe(502);
    await page.waitForResponse((response) => response.url().endsWith("/live") && response.ok());
    await google.deliver(person.email, { subject: "After the gateway" });
    await expect(rowNamed(page, "After the gateway")).toBeVisible();
  });
});

test("tabs of one browser share one connection, and it moves on when its tab is closed", async ({
  page,
  context,
  newReader,
  google,
  store,
}) => {
  const opened: string[] = [];
  context.on("request", (request) => {
    if (request.url().endsWith("/live")) opened.push(request.url());
  });
  const person = await newReader({ messages: 5 });
  const { accountId } = person;
  await readFromCopy(page, store, person);
  const other = await context.newPage();
  await other.goto(`/mail/${accountId}/all`);
  await google.deliver(person.email, { subject: "For both" });
  await expect(rowNamed(page, "For both")).toBeVisible();
  await expect(rowNamed(other, "For both")).toBeVisible();
  expect(opened).toHaveLength(1);
  await page.close();
  await expect.poll(() => opened.length).toBe(2);
  await google.deliver(person.email, { subject: "For the one that is left" });
  await expect(rowNamed(other, "For the one that is left")).toBeVisible();
});

test("while Google fails one reads on: lists, opened messages, one honest banner; a search says that it needs Google", async ({
  page,
  newReader,
  google,
  store,
}) => {
  const person = await newReader({ messages: 130 });
  const { accountId } = person;
  await readFromCopy(page, store, person);
  const subject = await openFirst(page);
  await page.goto(`/mail/${accountId}/inbox`);
  await google.fault({ kind: "5xx", target: "gmail", email: person.email });
  await google.deliver(person.email, { subject: "Held up" });
  const banner = notice(
    page,
    /Google is not answering\. This is your mail as of \d\d:\d\d; new mail comes in by itself/,
  );
  await expect(banner).toBeVisible();
  await olderOf(page).click();
  await expect(page.getByText(/^51–/)).toBeVisible();
  await expect(banner).toHaveCount(1);
  await page.goto(`/mail/${accountId}/inbox`);
  expect(await openFirst(page)).toBe(subject);
  await expect(banner).toBeVisible();
  await page.goto(`/mail/${accountId}/inbox`);
  const other = await openMessage(page, rowsOf(page).nth(1));
  await expect(notice(page, "only its beginning is here")).toBeVisible();
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(rowsOf(page).nth(1)).toContainText(other);
  await searchFor(page, "invoice");
  await expect(notice(page, "A search needs Google")).toBeVisible();
  await google.clearFaults(person.email);
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(rowNamed(page, "Held up")).toBeVisible({ timeout: 40_000 });
  await expect(banner).toHaveCount(0);
});

test("with a dead grant one reads on, and Reconnect is at hand", async ({
  page,
  newReader,
  google,
  store,
}) => {
  const person = await newReader({ messages: 20 });
  const { accountId } = person;
  await readFromCopy(page, store, person);
  await google.revokeGrant(person.email);
  await google.pushNow(person.email, 999_999_999);
  await expect(notice(page, /revoked at Google.*This is your mail as of/)).toBeVisible();
  await expect(rowsOf(page).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Reconnect" })).toBeVisible();
  await page.goto(`/mail/${accountId}/all`);
  await expect(rowsOf(page)).not.toHaveCount(0);
});

test("disconnecting in the middle of a filling leaves no row, no job and no key", async ({
  page,
  newPerson,
  google,
  store,
  newReader,
}) => {
  const person = await newPerson({ messages: 900 });
  await google.fault({ kind: "slow", latencyMs: 100, target: "batch", email: person.email });
  const { accountId } = await newReader({ person });
  await expect
    .poll(async () => (await store.rowsOfMail(accountId)).MirroredMessage ?? 0, { timeout: 30_000 })
    .toBeGreaterThan(50);
  await page.goto("/accounts");
  await disconnect(page, person.email);
  await expect(page.getByText("The account is disconnected.")).toBeVisible();
  await expect.poll(() => store.rowsOfMail(accountId)).toEqual({});
});

test("pushes are for Pub/Sub alone", async ({ request, google }) => {
  const push = (authorization: string) =>
    request.post(`${place("latchkey")}/api/google/push`, {
      headers: { authorization },
      data: { message: { data: "e30=", messageId: "1" } },
    });
  expect((await push("")).status()).toBe(401);
  const forged = await google.sign({ iss: google.url, aud: "latchkey-push", email: "somebody@else.example" });
  expect((await push(`Bearer ${forged}`)).status()).toBe(401);
});

test("what happens to a mailbox is told to its owner alone", async ({
  browser,
  newReader,
  reader: { accountId },
}) => {
  const other = await newReader({ elsewhere: true });
  expect((await other.context.request.get(`${place("latchkey")}/mail/${accountId}/live`)).status()).toBe(404);
  const nobody = await browser.newContext();
  const answer = await nobody.request.get(`${place("latchkey")}/mail/${accountId}/live`, { maxRedirects: 0 });
  expect(answer.status()).toBe(401);
  await nobody.close();
});
