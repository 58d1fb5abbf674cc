import { expect, test } from "./fixtures.ts";
import { rowsOf } from "./mail-page.ts";
import { chooseAtGoogle } from "./sign-in.ts";

test("two tabs of one browser that sign in at once both end up in the inbox", async ({
  context,
  newPerson,
  store,
}) => {
  const person = await newPerson({ messages: 3 });
  const tabs = [await context.newPage(), await context.newPage()];
  for (const tab of tabs) {
    await tab.goto("/");
    await tab.getByRole("button", { name: "Sign in with Google" }).click();
    await chooseAtGoogle(tab, person.email);
    await tab.getByRole("button", { name: "Allow" }).waitFor();
  }
  await Promise.all(tabs.map((tab) => tab.getByRole("button", { name: "Allow" }).click()));
  for (const tab of tabs) {
    await tab.waitForURL(/\/mail\/[^/]+\/inbox$/);
    await expect(rowsOf(tab).first()).toBeVisible();
    await tab.reload();
    await expect(rowsOf(tab).first()).toBeVisible();
  }
  const rows = await store.rowsAbout(person.email);
  expect(rows).toMatchObject({ users: 1, accounts: 1, credentials: 1, dataKeys: 1 });
  // One browser holds one session; of two that arrive in the same moment, the later one is kept.
  expect(rows.sessions).toBeLessThanOrEqual(2);
  const cookies = (await context.cookies()).filter(({ name }) => name === "latchkey.session");
  expect(cookies).toHaveLength(1);
});

test("two tabs with two people: each becomes themselves, and the later session is the one that stays", async ({
  context,
  newPerson,
  store,
}) => {
  const people = [await newPerson({ messages: 2 }), await newPerson({ messages: 2 })];
  const tabs = [];
  for (const person of people) {
    const tab = await context.newPage();
    await tab.goto("/");
    await tab.getByRole("button", { name: "Sign in with Google" }).click();
    await chooseAtGoogle(tab, person.email);
    tabs.push(tab);
  }
  for (const tab of tabs) {
    await tab.getByRole("button", { name: "Allow" }).click();
    await tab.waitForURL(/\/mail\/[^/]+\/inbox$/);
    await expect(rowsOf(tab).first()).toBeVisible();
  }
  const owners = await Promise.all(people.map(({ email }) => store.accountOf(email)));
  expect(owners[0]?.userId).not.toBe(owners[1]?.userId);
  const [first, second] = await Promise.all(people.map(({ email }) => store.rowsAbout(email)));
  expect(first?.sessions).toBe(0);
  expect(second?.sessions).toBe(1);
  const later = await context.newPage();
  await later.goto("/accounts");
  await expect(later.getByText(`You are signed in as ${people[1]?.email}.`)).toBeVisible();
});

test("a further account is connected to whoever began it, and to nobody once their session has ended", async ({
  context,
  page,
  newPerson,
  newReader,
  store,
}) => {
  await newReader();
  const further = await newPerson();
  await page.goto("/accounts");
  await page.getByRole("button", { name: "Connect another account" }).click();
  await chooseAtGoogle(page, further.email);
  await page.getByRole("button", { name: "Allow" }).waitFor();
  const otherTab = await context.newPage();
  await otherTab.goto("/accounts");
  await otherTab.getByRole("button", { name: "Sign out", exact: true }).click();
  await otherTab.getByRole("button", { name: "Sign in with Google" }).waitFor();
  await page.getByRole("button", { name: "Allow" }).click();
  await page.waitForURL(/\/sign-in-problem\?reason=sign-in-first/);
  expect(await store.rowsAbout(further.email)).toMatchObject({ users: 0, accounts: 0, sessions: 0 });
});

test("two browsers have a session each, and leaving one leaves the other", async ({
  newReader,
  store,
  page,
  reader,
}) => {
  const other = await newReader({ person: reader, elsewhere: true });
  expect(await store.rowsAbout(reader.email)).toMatchObject({ users: 1, accounts: 1, sessions: 2 });
  const otherPage = await other.context.newPage();
  await otherPage.goto("/accounts");
  await otherPage.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(otherPage.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
  expect((await store.rowsAbout(reader.email)).sessions).toBe(1);
  expect((await page.goto(`/mail/${reader.accountId}/inbox`))?.status()).toBe(200);
});

test("many tabs that open at the moment of expiry cost one refresh", async ({
  context,
  google,
  newReader,
}) => {
  const { accountId, email } = await newReader({ messages: 3 });
  await google.expireAccessTokens(email);
  const tabs = await Promise.all(Array.from({ length: 5 }, () => context.newPage()));
  await Promise.all(tabs.map((tab) => tab.goto(`/mail/${accountId}/inbox`)));
  for (const tab of tabs) await expect(rowsOf(tab).first()).toBeVisible();
  expect((await google.counters()).byPerson[email]?.["token.refresh_token"]).toBe(1);
});
