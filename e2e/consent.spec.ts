import { answered, expect, test } from "./fixtures.ts";
import { rowsOf } from "./mail-page.ts";
import { allowAtGoogle, chooseAtGoogle, enterTo, openInbox, signIn } from "./sign-in.ts";

test.use({ expectedComplaints: answered(404) });

test("an unticked permission to read mail leads to a page that names it, and one button mends it", async ({
  page,
  newPerson,
  store,
}) => {
  const person = await newPerson({ messages: 3 });
  await signIn(page, person, { untick: true });
  await expect(
    page.getByRole("heading", { level: 1, name: "The permission to read mail is missing." }),
  ).toBeVisible();
  await expect(page.getByText("“Read your email messages and settings” was not ticked")).toBeVisible();
  await expect(page.getByRole("main").getByRole("button")).toHaveText(["Continue with Google", "Sign out"]);
  expect(await store.accountOf(person.email)).toMatchObject({
    state: "NEEDS_CONSENT",
    cause: "scope-missing",
  });
  expect((await store.rowsAbout(person.email)).sessions).toBe(1);
  await page.getByRole("button", { name: "Continue with Google" }).click();
  await allowAtGoogle(page);
  await page.waitForURL(/\/mail\/[^/]+\/inbox$/);
  await expect(rowsOf(page).first()).toBeVisible();
  expect((await store.accountOf(person.email))?.state).toBe("ACTIVE");
});

test("the mail of an account without the permission says so, and offers to ask again", async ({
  page,
  newPerson,
  store,
}) => {
  const person = await newPerson({ messages: 3 });
  await signIn(page, person, { untick: true });
  await page.waitForURL(/\/consent/);
  const account = await store.accountOf(person.email);
  await page.goto(`/mail/${account?.id}/starred`);
  await expect(
    page.getByRole("alert").filter({ hasText: "The permission to read mail is missing" }),
  ).toBeVisible();
  await page.getByRole("button", { name: "Reconnect" }).click();
  await allowAtGoogle(page);
  await page.waitForURL(`**/mail/${account?.id}/starred`);
  await expect(page.getByRole("alert").filter({ hasText: /\w/ })).toHaveCount(0);
});

test("a consent that Google remembers without a key is asked for once more, and leads to where one was going", async ({
  page,
  newPerson,
  google,
  store,
}) => {
  const person = await newPerson({ messages: 3 });
  await google.grant(person.email);
  await page.goto("/?callbackUrl=%2Faccounts");
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await chooseAtGoogle(page, person.email);
  await expect(page.getByRole("heading", { level: 1, name: "Google has to ask once more." })).toBeVisible();
  await expect(page.getByRole("main").getByRole("button")).toHaveText(["Continue with Google", "Sign out"]);
  expect(await store.accountOf(person.email)).toMatchObject({
    state: "NEEDS_CONSENT",
    cause: "no-refresh-token",
  });
  await page.getByRole("button", { name: "Continue with Google" }).click();
  await allowAtGoogle(page);
  await page.waitForURL(/\/accounts\?note=/);
  const account = await store.accountOf(person.email);
  expect(account?.state).toBe("ACTIVE");
  await page.goto(`/mail/${account?.id}/inbox`);
  await expect(rowsOf(page).first()).toBeVisible();
});

test("a returning person whose answer brings no new key keeps the stored one", async ({
  context,
  google,
  store,
  page,
  newReader,
}) => {
  const reader = await newReader({ messages: 3 });
  await context.clearCookies();
  expect(await enterTo(context, reader)).toMatch(new RegExp(`/mail/${reader.accountId}/inbox$`));
  // The key that is left is the first one, and it still opens.
  await google.expireAccessTokens(reader.email);
  await page.goto(`/mail/${reader.accountId}/inbox`);
  await expect(rowsOf(page).first()).toBeVisible();
  expect((await store.accountOf(reader.email))?.state).toBe("ACTIVE");
});

test("somebody else's consent page is not there", async ({ page, newReader }) => {
  const { accountId } = await newReader({ elsewhere: true });
  await newReader();
  const answer = await page.goto(`/consent?account=${accountId}&reason=scope-missing`);
  expect(answer?.status()).toBe(404);
});

test("access for a limited time is shown with its end", async ({ page, newPerson, google }) => {
  const person = await newPerson();
  await google.timeLimited(person.email, 7 * 24 * 3600);
  await openInbox(page, person);
  await page.goto("/accounts");
  await expect(page.getByRole("region", { name: person.email })).toContainText("consent ends");
});
