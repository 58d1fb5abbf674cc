import type { Page } from "@playwright/test";
import type { FaultOrder } from "../dev/google/faults.ts";
import { expect, test } from "./fixtures.ts";
import { rowsOf } from "./mail-page.ts";
import { accountIdOf, admin, allowAtGoogle, enterTo } from "./sign-in.ts";

test.use({ mailbox: { messages: 3 } });

const notice = (page: Page, text: string | RegExp) => page.getByRole("alert").filter({ hasText: text });

test("a grant revoked at Google shows a banner and Reconnect, and no error page; Reconnect mends it", async ({
  page,
  google,
  store,
  newReader,
  reader: { accountId, email },
}) => {
  await google.revokeGrant(email);
  const answer = await page.goto(`/mail/${accountId}/inbox`);
  expect(answer?.status()).toBe(200);
  await expect(notice(page, "Latchkey's access was revoked at Google")).toBeVisible();
  await expect(page.getByText("Something went wrong here.")).toHaveCount(0);
  expect(await store.accountOf(email)).toMatchObject({
    state: "NEEDS_CONSENT",
    cause: "revoked-by-user",
  });
  expect(await store.actionsOn(accountId)).toContain("account-needs-consent");

  const admins = await newReader({ person: admin, elsewhere: true });
  const adminsPage = await admins.context.newPage();
  await adminsPage.goto("/admin/accounts");
  const row = adminsPage.getByRole("row").filter({ hasText: email });
  await expect(row).toContainText("Needs consent");
  await expect(row).toContainText("Revoked at Google");

  await page.getByRole("button", { name: "Reconnect" }).click();
  await allowAtGoogle(page);
  await page.waitForURL(`**/mail/${accountId}/inbox`);
  await expect(rowsOf(page).first()).toBeVisible();
  expect(await store.accountOf(email)).toMatchObject({ state: "ACTIVE", cause: null });
});

test("a message opened after the grant was revoked says so, and leads back to itself", async ({
  page,
  google,
  newReader,
}) => {
  const { accountId, email, messageId: id } = await newReader({ mail: [{ subject: "Still here" }] });
  await google.revokeGrant(email);
  await page.goto(`/mail/${accountId}/message/${id}`);
  await expect(notice(page, "revoked at Google")).toBeVisible();
  await page.getByRole("button", { name: "Reconnect" }).click();
  await allowAtGoogle(page);
  await expect(page.getByRole("heading", { level: 1, name: "Still here" })).toBeVisible();
});

const deaths = [
  ["password-changed", "Latchkey's access was revoked at Google"],
  ["invalid-rapt", "Your organization asks you to sign in again"],
] as const;

for (const [cause, words] of deaths) {
  test(`a grant that died of ${cause} is mended by Reconnect, though Google remembers the consent`, async ({
    page,
    google,
    store,
    reader: { accountId, email },
  }) => {
    await google.killGrant(email, cause);
    await google.expireAccessTokens(email);
    await page.goto(`/mail/${accountId}/inbox`);
    await expect(notice(page, new RegExp(words))).toBeVisible();
    await page.getByRole("button", { name: "Reconnect" }).click();
    await allowAtGoogle(page);
    await expect(rowsOf(page).first()).toBeVisible();
    expect((await store.accountOf(email))?.state).toBe("ACTIVE");
  });
}

const tokenFaults: [string, FaultOrder][] = [
  ["5xx", { kind: "5xx" }],
  ["timeout", { kind: "timeout" }],
];

for (const [name, fault] of tokenFaults) {
  test(`${name} at the token endpoint leaves the account active, says so, and a retry works`, async ({
    page,
    google,
    store,
    reader: { accountId, email },
  }) => {
    // A retry that meets a job's own waiting for Google would wait with it.
    await store.holdJobs(accountId);
    await google.expireAccessTokens(email);
    await google.fault({ ...fault, target: "token", email });
    await page.goto(`/mail/${accountId}/inbox`);
    await expect(notice(page, "Google is not answering")).toBeVisible();
    const account = () => store.accountOf(email);
    // A page waits less long than a refresh may take.
    await expect.poll(async () => (await account())?.unansweredSince ?? null).not.toBeNull();
    expect(await account()).toMatchObject({ state: "ACTIVE", cause: null });
    await google.clearFaults(email);
    await page.getByRole("link", { name: "Try again" }).click();
    await expect(rowsOf(page).first()).toBeVisible();
    expect((await account())?.unansweredSince).toBeNull();
  });
}

test("a client that Google does not know is the operator's trouble: people try again, admins read since when", async ({
  page,
  google,
  store,
  newReader,
}) => {
  const { accountId, email, name } = await newReader();
  await google.expireAccessTokens(email);
  await google.fault({ kind: "refuse-token-endpoint", email });
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(notice(page, "Google refuses this Latchkey")).toBeVisible();
  expect((await store.accountOf(email))?.state).toBe("ACTIVE");
  const admins = await newReader({ person: admin, elsewhere: true });
  const table = await admins.context.newPage();
  await table.goto("/admin/accounts");
  await expect(table.getByRole("alert").filter({ hasText: "Nothing is refreshed for" })).toContainText(
    "GOOGLE_CLIENT_SECRET",
  );
  await expect(table.getByRole("row", { name: new RegExp(name) })).toContainText(
    "Google refuses the client (invalid_client)",
  );
  await google.clearFaults(email);
  await page.getByRole("link", { name: "Try again" }).click();
  await expect(notice(page, "Google refuses this Latchkey")).toHaveCount(0);
});

test("a key of the client that was here before is mended by Reconnect, in the mail and on the accounts", async ({
  page,
  google,
  store,
  newReader,
}) => {
  const { accountId, email } = await newReader({ messages: 2 });
  await google.expireAccessTokens(email);
  await google.fault({ kind: "refuse-token-endpoint", as: "unauthorized_client", email });
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(notice(page, "Google does not take Latchkey's key any more")).toBeVisible();
  await expect(page.getByRole("button", { name: "Reconnect" })).toBeVisible();
  await google.clearFaults(email);
  await page.goto("/accounts");
  await page.getByRole("button", { name: "Reconnect" }).click();
  await allowAtGoogle(page);
  await expect(page.getByRole("status").filter({ hasText: `${email} is connected again.` })).toBeVisible();
  expect((await store.accountOf(email))?.state).toBe("ACTIVE");
});

test("an access token that Google no longer takes is renewed once, and nobody notices", async ({
  page,
  google,
  newReader,
}) => {
  const { accountId, email } = await newReader({ messages: 130 });
  const refreshes = async () => (await google.counters()).byPerson[email]?.["token.refresh_token"] ?? 0;
  expect(await refreshes()).toBe(0);
  await google.expireAccessTokens(email);
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(rowsOf(page)).toHaveCount(50);
  await expect(page.getByRole("navigation", { name: "Labels" }).getByText("unread").first()).toBeAttached();
  await expect(notice(page, /\w/)).toHaveCount(0);
  expect(await refreshes()).toBe(1);
});

const gmailFaults: [string, FaultOrder, string][] = [
  ["5xx", { kind: "5xx" }, "Google is not answering"],
  ["a timeout", { kind: "timeout" }, "Google is not answering"],
  ["429", { kind: "429" }, "Google asks for a pause"],
];

for (const [name, fault, title] of gmailFaults) {
  test(`${name} from Gmail is said in words, and a retry works`, async ({
    page,
    google,
    store,
    reader: { accountId, email },
  }) => {
    await google.fault({ ...fault, target: "gmail", email });
    const answer = await page.goto(`/mail/${accountId}/inbox`);
    expect(answer?.status()).toBe(200);
    await expect(notice(page, title)).toBeVisible();
    expect((await store.accountOf(email))?.state).toBe("ACTIVE");
    await google.clearFaults(email);
    await page.getByRole("link", { name: "Try again" }).click();
    await expect(rowsOf(page).first()).toBeVisible();
  });
}

const refusals: [string, string][] = [
  ["dailyLimitExceeded", "Google's daily limit is reached"],
  ["accessNotConfigured", "The Gmail API is not enabled"],
  ["domainPolicy", "Your organization does not allow this"],
];

for (const [reason, title] of refusals) {
  test(`Gmail's ${reason} says who can do something about it`, async ({
    page,
    google,
    reader: { accountId, email },
  }) => {
    await google.fault({ kind: "403", reason, target: "gmail", email });
    await page.goto(`/mail/${accountId}/inbox`);
    await expect(notice(page, title)).toBeVisible();
    await expect(page.getByRole("link", { name: "Try again" })).toHaveCount(0);
  });
}

test("a permission taken away in the middle is noticed, stored, and asked for again", async ({
  page,
  google,
  store,
  reader: { accountId, email },
}) => {
  await google.fault({
    kind: "403",
    reason: "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
    target: "gmail",
    email,
  });
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(notice(page, "The permission to read mail is missing")).toBeVisible();
  await expect(page.getByRole("button", { name: "Reconnect" })).toBeVisible();
  expect(await store.accountOf(email)).toMatchObject({
    state: "NEEDS_CONSENT",
    cause: "scope-missing",
  });
});

test("trouble with one account does not touch the other", async ({
  page,
  context,
  newPerson,
  google,
  reader,
}) => {
  const second = await newPerson({ messages: 3 });
  const secondId = accountIdOf(await enterTo(context, second, { purpose: "connect" }));
  await google.revokeGrant(reader.email);
  await page.goto(`/mail/${reader.accountId}/inbox`);
  await expect(notice(page, "revoked at Google")).toBeVisible();
  await page.goto(`/mail/${secondId}/inbox`);
  await expect(rowsOf(page).first()).toBeVisible();
});
