import { answered, expect, test } from "./fixtures.ts";
import { rowsOf } from "./mail-page.ts";
import { admin, allowAtGoogle, answerAtGoogle, chooseAtGoogle, disconnect, startSignIn } from "./sign-in.ts";

test.use({ expectedComplaints: answered(404) });

test("disconnecting tells Google, and destroys key and rows", async ({ page, google, store, reader }) => {
  await page.goto("/accounts");
  await disconnect(page, reader.email);
  await expect(page.getByRole("status").filter({ hasText: "The account is disconnected." })).toBeVisible();
  await expect(page.getByRole("region", { name: reader.email })).toHaveCount(0);
  expect(await store.rowsAbout(reader.email)).toMatchObject({ accounts: 0, credentials: 0, dataKeys: 0 });
  expect(await store.query(`SELECT 1 FROM "DataKey" WHERE "accountId" = $1`, [reader.accountId])).toEqual([]);
  const known = (await google.state()).people.find(({ email }) => email === reader.email);
  expect(known).toMatchObject({ liveRefreshTokens: 0, consents: [] });
  // The session that the account had opened ended with it.
  await page.goto(`/mail/${reader.accountId}/inbox`);
  await expect(page.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
  expect(await store.actionsOn(reader.accountId)).toEqual([
    "account-connected",
    "disconnect-requested",
    "account-destroyed",
  ]);
});

test("while Google is down a disconnected account is blocked at once, and destroyed when Google confirms", async ({
  page,
  google,
  store,
  newReader,
}) => {
  const { accountId, email } = await newReader({ messages: 3 });
  await google.fault({ kind: "5xx", target: "revoke", email });
  await page.goto("/accounts");
  await disconnect(page, email);
  await expect(page.getByRole("status").filter({ hasText: "The account is blocked." })).toBeVisible();
  await expect(page.getByRole("region", { name: email })).toContainText("Disconnecting");
  expect(await store.accountOf(email)).toMatchObject({ state: "DISCONNECTED", cause: "user" });
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(page).toHaveURL(/\/accounts$/);
  await expect(rowsOf(page)).toHaveCount(0);
  // Google is asked again before it is well, and again after.
  const asked = async () => (await google.counters()).byPerson[email]?.revoke ?? 0;
  await expect.poll(asked, { timeout: 40_000 }).toBeGreaterThan(1);
  expect((await store.rowsAbout(email)).credentials).toBe(1);
  await google.clearFaults(email);
  await expect
    .poll(() => store.rowsAbout(email), { timeout: 40_000 })
    .toMatchObject({ accounts: 0, credentials: 0, dataKeys: 0 });
  expect((await store.actionsOn(accountId)).at(-1)).toBe("account-destroyed");
});

test("an account that is being disconnected cannot be signed in to before Google has confirmed", async ({
  page,
  context,
  google,
  reader: { email },
}) => {
  await google.fault({ kind: "5xx", target: "revoke", email });
  await page.goto("/accounts");
  await disconnect(page, email);
  await expect(page.getByRole("status").filter({ hasText: "The account is blocked." })).toBeVisible();
  await context.clearCookies();
  await page.goto(await answerAtGoogle(await startSignIn(context), { email }));
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
  google,
  store,
  reader: { email },
}) => {
  await google.revokeGrant(email);
  await page.goto("/accounts");
  await disconnect(page, email);
  await expect(page.getByRole("status").filter({ hasText: "The account is disconnected." })).toBeVisible();
  expect((await store.rowsAbout(email)).accounts).toBe(0);
});

test("a disconnected account can be connected again, with a new key", async ({
  page,
  store,
  reader: { accountId: before, email },
}) => {
  await page.goto("/accounts");
  await disconnect(page, email);
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await chooseAtGoogle(page, email);
  await allowAtGoogle(page);
  await page.waitForURL(/\/mail\/[^/]+\/inbox$/);
  const after = await store.accountOf(email);
  expect(after?.state).toBe("ACTIVE");
  expect(after?.id).not.toBe(before);
});

test("a second account is connected to the same person, and each mailbox stays its own", async ({
  page,
  newPerson,
  newReader,
  google,
  store,
}) => {
  const second = await newPerson();
  await google.deliver(second.email, { subject: "To the second" });
  const first = await newReader({ mail: [{ subject: "To the first" }] });
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

test("a dead account is reconnected from the accounts page", async ({ page, google, store, newReader }) => {
  const { accountId, email } = await newReader({ messages: 2 });
  await google.revokeGrant(email);
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(page.getByRole("alert").filter({ hasText: "revoked" })).toBeVisible();
  await page.goto("/accounts");
  const card = page.getByRole("region", { name: email });
  await expect(card).toContainText("Revoked at Google");
  await card.getByRole("button", { name: "Reconnect" }).click();
  await allowAtGoogle(page);
  await page.waitForURL(/\/accounts\?note=/);
  await expect(card).toContainText("Active");
  expect(await store.actionsOn(accountId)).toContain("account-reconnected");
});

test("when the last account is gone, no name or address is left behind but the record", async ({
  page,
  store,
  reader: { email },
}) => {
  await page.goto("/accounts");
  await expect(page.getByRole("region", { name: "What is stored about me" })).toContainText(email);
  await disconnect(page, email);
  // The session that the account had opened ended with it.
  await expect(page.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
  expect(await store.rowsAbout(email)).toMatchObject({ users: 0, accounts: 0, sessions: 0 });
});

test("an admin's own account is theirs to disconnect like anybody's", async ({ page, newReader }) => {
  await newReader({ person: admin });
  await page.goto("/accounts");
  await expect(
    page.getByRole("region", { name: admin.email }).getByRole("button", { name: "Disconnect" }),
  ).toBeVisible();
});
