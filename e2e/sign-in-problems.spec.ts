import type { Page } from "@playwright/test";
import { defaultClient } from "../dev/google/options.ts";
import { expect, test } from "./fixtures.ts";
import { place } from "./places.ts";
import { allowAtGoogle, answerAtGoogle, chooseAtGoogle, enterTo, startSignIn } from "./sign-in.ts";
import { nothing, type Store } from "./store.ts";

/** Its own words, what to press, a way out, and nobody came in. */
async function expectRefusal(page: Page, title: string, buttons: string[]): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: /\w/ })).toHaveCount(1);
  await expect(page.getByRole("main").getByRole("button")).toHaveText(buttons);
  await expect(page.getByRole("link", { name: "Back to the start" })).toBeVisible();
  await page.goto("/mail");
  await expect(page.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
}

const expectNothingStored = async (store: Store, email: string): Promise<void> =>
  expect(await store.rowsAbout(email)).toEqual(nothing);

const again = "Try again with Google";
const other = "Choose another account";

test("cancelling Google's consent page is explained, and nothing is stored", async ({
  page,
  newPerson,
  store,
}) => {
  const person = await newPerson();
  await page.goto("/");
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await chooseAtGoogle(page, person.email);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expectRefusal(page, "You did not let Latchkey in.", [again, other]);
  await expectNothingStored(store, person.email);
});

test("the one button of a cancelled sign-in leads to Google, and from there to where one was going", async ({
  page,
  context,
  reader: { accountId, email },
}) => {
  await context.clearCookies();
  const authorization = await startSignIn(context, {
    callbackUrl: `/mail/${accountId}/starred`,
    prompt: "consent",
  });
  await page.goto(await answerAtGoogle(authorization, { email, action: "cancel" }));
  await page.getByRole("button", { name: again }).click();
  await chooseAtGoogle(page, email);
  await page.waitForURL(`**/mail/${accountId}/starred`);
});

test("an organization that blocks the app is named as the cause", async ({
  page,
  newPerson,
  google,
  store,
}) => {
  const person = await newPerson();
  await google.block(person.email, "admin_policy_enforced");
  await page.goto("/");
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await chooseAtGoogle(page, person.email);
  await expectRefusal(page, "Your organization blocks Latchkey.", [other]);
  await expectNothingStored(store, person.email);
});

test("an app for another organization's people is explained", async ({ page, context }) => {
  const state = new URL(await startSignIn(context)).searchParams.get("state");
  await page.goto(
    `/api/auth/callback/google?${new URLSearchParams({ error: "org_internal", state: state ?? "" })}`,
  );
  await expectRefusal(page, "This Latchkey is for one organization.", [other]);
});

test("a code that was used before it came back signs nobody in", async ({
  page,
  context,
  newPerson,
  store,
}) => {
  const person = await newPerson();
  const callback = await answerAtGoogle(await startSignIn(context), { email: person.email });
  await fetch(`${place("google")}/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code: new URL(callback).searchParams.get("code") ?? "",
      client_id: defaultClient.id,
      client_secret: defaultClient.secret,
      redirect_uri: `${place("latchkey")}/api/auth/callback/google`,
    }),
  });
  await page.goto(callback);
  await expectRefusal(page, "That sign-in was used up or took too long.", [again, other]);
  await expectNothingStored(store, person.email);
});

test("an address of the way back, replayed with its cookies, opens no second session", async ({
  page,
  context,
  newPerson,
  store,
}) => {
  const person = await newPerson();
  const callback = await answerAtGoogle(await startSignIn(context), { email: person.email });
  const cookies = await context.cookies();
  const answer = await context.request.get(callback, { maxRedirects: 0 });
  expect(answer.headers().location).toMatch(/\/mail\/[^/]+\/inbox$/);
  const before = await store.rowsAbout(person.email);
  await context.clearCookies();
  await context.addCookies(cookies);
  await page.goto(callback);
  await expectRefusal(page, "That sign-in was used up or took too long.", [again, other]);
  expect(await store.rowsAbout(person.email)).toEqual(before);
});

test("a way back without the state that it left with is not taken", async ({
  page,
  context,
  newPerson,
  store,
}) => {
  const person = await newPerson();
  const callback = new URL(await answerAtGoogle(await startSignIn(context), { email: person.email }));
  callback.searchParams.delete("state");
  await page.goto(callback.toString());
  await expectRefusal(page, "This sign-in did not begin in this browser.", [again, other]);
  await expectNothingStored(store, person.email);
});

test("somebody else's way back signs nobody in", async ({ page, browser, newPerson, store }) => {
  const person = await newPerson();
  const theirs = await browser.newContext();
  const callback = await answerAtGoogle(await startSignIn(theirs), { email: person.email });
  await page.goto(callback);
  await expectRefusal(page, "This sign-in did not begin in this browser.", [again, other]);
  await expectNothingStored(store, person.email);
  await theirs.close();
});

test("a way back with another flow's state is not taken", async ({ page, context, newPerson, store }) => {
  const person = await newPerson();
  const callback = new URL(await answerAtGoogle(await startSignIn(context), { email: person.email }));
  const second = new URL(await startSignIn(context)).searchParams.get("state") ?? "";
  callback.searchParams.set("state", second);
  await page.goto(callback.toString());
  await expect(page.getByRole("main").getByRole("button")).toHaveText([again, other]);
  await page.goto("/mail");
  await expect(page.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
  await expectNothingStored(store, person.email);
});

const exchangeTroubles = [
  ["is unavailable", { kind: "refuse-token-endpoint", as: "503" }, "Google is not answering."],
  ["does not know the client", { kind: "refuse-token-endpoint" }, "Google does not know this Latchkey."],
] as const;

for (const [how, fault, title] of exchangeTroubles) {
  test(`when the token endpoint ${how}, the sign-in ends with words, and works the next time`, async ({
    page,
    newPerson,
    google,
    store,
  }) => {
    const person = await newPerson();
    await google.fault({ ...fault, target: "token", email: person.email });
    await page.goto("/");
    await page.getByRole("button", { name: "Sign in with Google" }).click();
    await chooseAtGoogle(page, person.email);
    await allowAtGoogle(page);
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expectNothingStored(store, person.email);
    await google.clearFaults(person.email);
    await page.getByRole("button", { name: again }).click();
    await chooseAtGoogle(page, person.email);
    await page.waitForURL(/\/consent\?reason=no-refresh-token&/);
  });
}

test("another account chosen on reconnect is refused, and the right one is still asked for", async ({
  page,
  context,
  newPerson,
  reader,
  google,
  store,
}) => {
  const { accountId, ...person } = reader;
  const other = await newPerson();
  await google.revokeGrant(person.email);
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(page.getByRole("alert").filter({ hasText: "revoked" })).toBeVisible();
  const authorization = new URL(
    await startSignIn(context, { reconnect: accountId, callbackUrl: "/accounts" }),
  );
  expect(authorization.searchParams.get("login_hint"), "Google is told whose account it is").not.toBeNull();
  // At Google's page they choose another one all the same.
  authorization.searchParams.delete("login_hint");
  const before = await store.rowsAbout(person.email);
  await page.goto(await answerAtGoogle(authorization.toString(), { email: other.email }));
  await expect(page.getByRole("heading", { level: 1, name: "That was another account." })).toBeVisible();
  await expect(page.getByRole("main").getByRole("button")).toHaveText([
    "Choose the right account",
    "Sign out",
  ]);
  await expectNothingStored(store, other.email);
  expect(await store.rowsAbout(person.email)).toEqual(before);
  await page.getByRole("button", { name: "Choose the right account" }).click();
  await chooseAtGoogle(page, other.email);
  // What they had granted was taken back, so Google asks them again.
  await allowAtGoogle(page);
  await expect(page.getByRole("heading", { level: 1, name: "That was another account." })).toBeVisible();
  await page.getByRole("button", { name: "Choose the right account" }).click();
  await chooseAtGoogle(page, person.email);
  await allowAtGoogle(page);
  await page.waitForURL(/\/accounts\?note=/);
  expect((await store.accountOf(person.email))?.state).toBe("ACTIVE");
});

test("an account that belongs to somebody else here cannot be taken over", async ({
  page,
  context,
  newReader,
  store,
}) => {
  const stranger = await newReader({ elsewhere: true });
  await newReader();
  const owner = (await store.accountOf(stranger.email))?.userId;
  const location = await enterTo(context, stranger, {
    purpose: "connect",
    prompt: "select_account",
    callbackUrl: "/accounts",
  });
  await page.goto(location);
  await expect(
    page.getByRole("heading", { level: 1, name: "This account belongs to somebody else here." }),
  ).toBeVisible();
  await expect(page.getByRole("main").getByRole("button")).toHaveText([other, "Sign out"]);
  await expect(page.getByRole("link", { name: "Your accounts" })).toBeVisible();
  expect((await store.accountOf(stranger.email))?.userId).toBe(owner);
});
