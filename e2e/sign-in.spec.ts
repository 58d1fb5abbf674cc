import { createHash } from "node:crypto";
import { expect, test } from "./fixtures.ts";
import { rowsOf } from "./mail-page.ts";
import { chooseAtGoogle, openInbox, signIn } from "./sign-in.ts";

test("a person signs in, sees Google's consent page once, and stands in their inbox", async ({
  page,
  newPerson,
  store,
}) => {
  const person = await newPerson({ messages: 3 });
  await openInbox(page, person);
  await expect(rowsOf(page).first()).toBeVisible();
  expect(await store.rowsAbout(person.email)).toMatchObject({
    users: 1,
    accounts: 1,
    credentials: 1,
    dataKeys: 1,
    sessions: 1,
  });
  expect((await store.accountOf(person.email))?.state).toBe("ACTIVE");
});

test("signing in a second time shows no consent page", async ({ page, newPerson, context, store }) => {
  const person = await newPerson();
  const first = await openInbox(page, person);
  // An open page would notice that its session is gone, and leave by itself.
  await page.goto("about:blank");
  await context.clearCookies();
  await page.goto("/");
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await chooseAtGoogle(page, person.email);
  await page.waitForURL(new RegExp(`/mail/${first}/inbox$`));
  expect(await store.rowsAbout(person.email)).toMatchObject({ users: 1, accounts: 1 });
});

test("where one was going survives the detour over Google", async ({ page, context, newReader }) => {
  const { accountId, email } = await newReader({ messages: 5 });
  await context.clearCookies();
  await page.goto(`/mail/${accountId}/starred?q=from%3Aann`);
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await chooseAtGoogle(page, email);
  await page.waitForURL(
    (url) => url.pathname === `/mail/${accountId}/starred` && url.search === "?q=from%3Aann",
  );
});

for (const elsewhere of ["https://evil.example/", "//evil.example/", "/\\evil.example/"]) {
  test(`after signing in nobody is led to ${elsewhere}`, async ({ page, newPerson }) => {
    const person = await newPerson();
    await page.goto(`/?callbackUrl=${encodeURIComponent(elsewhere)}`);
    await page.getByRole("button", { name: "Sign in with Google" }).click();
    await chooseAtGoogle(page, person.email);
    await page.getByRole("button", { name: "Allow" }).click();
    await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/mail\/[^/]+\/inbox$/);
  });
}

test("signing out ends the session for good", async ({ page, context, newPerson, store }) => {
  const person = await newPerson();
  const accountId = await openInbox(page, person);
  const cookies = await context.cookies();
  await page.getByText(person.email).first().click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
  expect((await store.rowsAbout(person.email)).sessions).toBe(0);
  await context.addCookies(cookies);
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(page.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
});

test("the session's cookie is out of scripts' reach, and only its hash is stored", async ({
  context,
  store,
  reader: { email },
}) => {
  const cookie = (await context.cookies()).find(({ name }) => name === "latchkey.session");
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  const hash = createHash("sha256")
    .update(cookie?.value ?? "")
    .digest();
  const rows = await store.query<{ tokenHash: Buffer }>(
    `SELECT s."tokenHash" FROM "Session" s JOIN "User" u ON u.id = s."userId" WHERE u.email = $1`,
    [email],
  );
  expect(rows).toEqual([{ tokenHash: hash }]);
});

test("a sign-in form sent from another site is refused", async ({ context }) => {
  const answer = await context.request.post("/api/auth/signin/google", {
    form: { callbackUrl: "/mail" },
    headers: { origin: "https://evil.example" },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(403);
});

test("somebody who is signed in is led from the front door to their mail", async ({
  page,
  reader: { accountId },
}) => {
  await page.goto("/");
  await page.waitForURL(`**/mail/${accountId}/inbox`);
});

test("a blocked sign-in at Google's own page leaves nothing behind", async ({
  page,
  newPerson,
  google,
  store,
}) => {
  const person = await newPerson();
  await google.block(person.email, "org_internal");
  await page.goto("/");
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await chooseAtGoogle(page, person.email);
  await expect(page.getByText("org_internal")).toBeVisible();
  expect(await store.rowsAbout(person.email)).toMatchObject({ users: 0, accounts: 0, sessions: 0 });
});

test("a connected account is signed in again after a cancelled attempt", async ({ page, newPerson }) => {
  const person = await newPerson();
  await page.goto("/");
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await chooseAtGoogle(page, person.email);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "You did not let Latchkey in." })).toBeVisible();
  await signIn(page, person);
  await page.waitForURL(/\/mail\/[^/]+\/inbox$/);
});

test("the first list that one sees is drawn once", async ({ page, context, newReader, store }) => {
  const person = await newReader({ messages: 20 });
  // With the mailbox in step no news draws the list again: only what this browser has yet to tell could.
  await store.untilFilled(person.accountId);
  await context.clearCookies();
  const drawn: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname.endsWith("/inbox")) drawn.push(request.url());
  });
  await page.goto("/");
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await chooseAtGoogle(page, person.email);
  await page.waitForURL(/\/mail\/[^/]+\/inbox$/);
  await expect(rowsOf(page).first()).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Labels" }).getByText("unread").first()).toBeAttached();
  expect(drawn).toHaveLength(1);
});
