import { answered, expect, test } from "./fixtures.ts";
import { rowsOf } from "./mail-page.ts";
import {
  admin,
  allowAtGoogle,
  answerAtGoogle,
  chooseAtGoogle,
  disconnect,
  enter,
  startSignIn,
} from "./sign-in.ts";

test.use({ expectedComplaints: answered(404) });

test("disconnecting tells Google, and destroys key and rows", async ({
  page,
  context,
  newPerson,
  google,
  store,
}) => {
  const person = await newPerson();
  const accountId = await enter(context, person);
  await page.goto("/accounts");
  await disconnect(page, person.email);
  await expect(page.getByRole("status").filter({ hasText: "The account is disconnected." })).toBeVisible();
  await expect(page.getByRole("region", { name: person.email })).toHaveCount(0);
  expect(await store.rowsAbout(person.email)).toMatchObject({ accounts: 0, credentials: 0, dataKeys: 0 });
  expect(await store.query(`SELECT 1 FROM "DataKey" WHERE "accountId" = $1`, [accountId])).toEqual([]);
  const known = (await google.state()).people.find(({ email }) => email === person.email);
  expect(known).toMatchObject({ liveRefreshTokens: 0, consents: [] });
  // The session that the account had opened ended with it.
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(page.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
  expect(await store.actionsOn(accountId)).toEqual([
    "account-connected",
    "disconnect-requested",
    "account-destroyed",
  ]);
});

test("while Google is down a disconnected account is blocked at once, and destroyed when Google confirms", async ({
  page,
  context,
  newPerson,
  google,
  store,
}) => {
  const person = await newPerson({ messages: 3 });
  const accountId = await enter(context, person);
  await google.fault({ kind: "5xx", target: "revoke", email: person.email });
  await page.goto("/accounts");
  await disconnect(page, person.email);
  await expect(page.getByRole("status").filter({ hasText: "The account is blocked." })).toBeVisible();
  await expect(page.getByRole("region", { name: person.email })).toContainText("Disconnecting");
  expect(await store.accountOf(person.email)).toMatchObject({ state: "DISCONNECTED", cause: "user" });
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(page).toHaveURL(/\/accounts$/);
  await expect(rowsOf(page)).toHaveCount(0);
  // Google is asked again before it is well, and again after.
  const asked = async () => (await google.counters()).byPerson[person.email]?.revoke ?? 0;
  await expect.poll(asked, { timeout: 40_000 }).toBeGreaterThan(1);
  expect((await store.rowsAbout(person.email)).credentials).toBe(1);
  await google.clearFaults(person.email);
  await expect
    .poll(() => store.rowsAbout(person.email), { timeout: 40_000 })
    .toMatchObject({ accounts: 0, credentials: 0, dataKeys: 0 });
  expect((await store.actionsOn(accountId)).at(-1)).toBe("account-destroyed");
});

test("an account that is being disconnected cannot be signed in to before Google has confirmed", async ({
  page,
  context,
  newPerson,
  google,
}) => {
  const person = await newPerson();
  await enter(context, person);
  await google.fault({ kind: "5xx", target: "revoke", email: person.email });
  await page.goto("/accounts");
  await disconnect(page, person.email);
  await expect(page.getByRole("status").filter({ hasText: "The account is blocked." })).toBeVisible();
  await context.clearCookies();
  await page.goto(await answerAtGoogle(await startSignIn(context), { email: person.email }));
  await expect(
    page.getByRole("heading", { level: 1, name: "This account is still being disconnected." }),
  ).toBeVisible();
  await expect(page.getByRole("main").getByRole("button")).toHaveText([
    "Try again with Google",
    "Choose another account",
  ]);
});

test("a disconnect counts as done when the grant is already dead at Google", async ({
  page,
  context,
  newPerson,
  google,
  store,
}) => {
  const person = await newPerson();
  await enter(context, person);
  await google.revokeGrant(person.email);
  await page.goto("/accounts");
  await disconnect(page, person.email);
  await expect(page.getByRole("status").filter({ hasText: "The account is disconnected." })).toBeVisible();
  expect((await store.rowsAbout(person.email)).accounts).toBe(0);
});

test("a disconnected account can be connected again, with a new key", async ({
  page,
  context,
  newPerson,
  store,
}) => {
  const person = await newPerson();
  const before = await enter(context, person);
  await page.goto("/accounts");
  await disconnect(page, person.email);
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await chooseAtGoogle(page, person.email);
  await allowAtGoogle(page);
  await page.waitForURL(/\/mail\/[^/]+\/inbox$/);
  const after = await store.accountOf(person.email);
  expect(after?.state).toBe("ACTIVE");
  expect(after?.id).not.toBe(before);
});

test("a second account is connected to the same person, and each mailbox stays its own", async ({
  page,
  context,
  newPerson,
  google,
  store,
}) => {
  const [first, second] = [await newPerson(), await newPerson()];
  await google.deliver(first.email, { subject: "To the first" });
  await google.deliver(second.email, { subject: "To the second" });
  await enter(context, first);
  await page.goto("/accounts");
  await page.getByRole("button", { name: "Connect another account" }).click();
  await chooseAtGoogle(page, second.email);
  await allowAtGoogle(page);
  await page.waitForURL(/\/accounts\?note=/);
  const accounts = [await store.accountOf(first.email), await store.accountOf(second.email)];
  expect(accounts[0]?.userId).toBe(accounts[1]?.userId);
  await page.getByRole("link", { name: first.email }).click();
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(rowsOf(page)).toContainText(["To the first"]);
  await page.getByText(first.email).first().click();
  await page.getByRole("link", { name: second.email }).click();
  await expect(rowsOf(page)).toContainText(["To the second"]);
});

test("a dead account is reconnected from the accounts page", async ({
  page,
  context,
  newPerson,
  google,
  store,
}) => {
  const person = await newPerson({ messages: 2 });
  const accountId = await enter(context, person);
  await google.revokeGrant(person.email);
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(page.getByRole("alert").filter({ hasText: "revoked" })).toBeVisible();
  await page.goto("/accounts");
  const card = page.getByRole("region", { name: person.email });
  await expect(card).toContainText("Revoked at Google");
  await card.getByRole("button", { name: "Reconnect" }).click();
  await allowAtGoogle(page);
  await page.waitForURL(/\/accounts\?note=/);
  await expect(card).toContainText("Active");
  expect(await store.actionsOn(accountId)).toContain("account-reconnected");
});

test("when the last account is gone, no name or address is left behind but the record", async ({
  page,
  context,
  newPerson,
  store,
}) => {
  const person = await newPerson();
  await enter(context, person);
  await page.goto("/accounts");
  await expect(page.getByRole("region", { name: "What is stored about me" })).toContainText(person.email);
  await disconnect(page, person.email);
  // The session that the account had opened ended with it.
  await expect(page.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
  expect(await store.rowsAbout(person.email)).toMatchObject({ users: 0, accounts: 0, sessions: 0 });
});

test("an admin's own account is theirs to disconnect like anybody's", async ({ page, context }) => {
  await enter(context, admin);
  await page.goto("/accounts");
  await expect(
    page.getByRole("region", { name: admin.email }).getByRole("button", { name: "Disconnect" }),
  ).toBeVisible();
});
