import { answered, expect, test } from "./fixtures.ts";
import { rowsOf } from "./mail-page.ts";
import { admin } from "./sign-in.ts";

test.use({ expectedComplaints: answered(404) });

test("the table shows every account with its owner, state, permissions and dates", async ({
  page,
  newReader,
  google,
}) => {
  const person = await newReader({ messages: 2, elsewhere: true });
  const revoked = await newReader({ elsewhere: true });
  await google.revokeGrant(revoked.email);
  for (const { accountId, context } of [person, revoked]) {
    const theirPage = await context.newPage();
    await theirPage.goto(`/mail/${accountId}/inbox`);
    await expect(
      rowsOf(theirPage)
        .or(theirPage.getByRole("alert").filter({ hasText: /\w/ }))
        .first(),
    ).toBeVisible();
    await context.close();
  }
  await newReader({ person: admin });
  await page.goto("/admin");
  await page.waitForURL("**/admin/accounts");
  const table = page.getByRole("table", { name: "Connected accounts" });
  for (const name of ["Owner", "State", "Permissions", "Connected", "Refreshed", "Last used"]) {
    await expect(table.getByRole("columnheader", { name })).toBeVisible();
  }
  const row = table.getByRole("row").filter({ hasText: person.email });
  for (const text of [person.name, "Active", "Read mail", "just now, person"])
    await expect(row).toContainText(text);
  const dead = table.getByRole("row").filter({ hasText: revoked.email });
  for (const text of ["Needs consent", "Revoked at Google"]) await expect(dead).toContainText(text);
});

test("an admin revokes access with a reason: mail is gone at once, Google is told, the record stays", async ({
  page,
  newReader,
  google,
  store,
}) => {
  const { accountId, ...person } = await newReader({ messages: 3, elsewhere: true });
  const theirPage = await person.context.newPage();
  await theirPage.goto(`/mail/${accountId}/inbox`);
  await expect(rowsOf(theirPage).first()).toBeVisible();
  const opened = await rowsOf(theirPage).first().getAttribute("href");

  await newReader({ person: admin });
  await page.goto("/admin/accounts");
  await page.getByRole("link", { name: person.email }).click();
  await expect(page.getByRole("heading", { level: 1, name: person.email })).toBeVisible();
  await page.getByRole("textbox", { name: "Reason" }).fill("Phone was stolen");
  await page.getByRole("button", { name: "Revoke access" }).click();
  const history = page.getByRole("region", { name: "History" });
  await expect(history).toContainText(`Access withdrawn by an admin; use blocked by ${admin.email}`);
  await expect(history).toContainText("Reason: Phone was stolen");
  await expect(history).toContainText("Google confirmed; key and rows destroyed by system");

  for (const path of [`/mail/${accountId}/inbox`, opened ?? ""]) {
    await theirPage.goto(path);
    await expect(
      theirPage.getByRole("heading", { level: 1, name: "An admin withdrew access." }),
    ).toBeVisible();
  }
  const person_ = (await google.state()).people.find(({ email }) => email === person.email);
  expect(person_?.liveRefreshTokens).toBe(0);
  expect(await store.rowsAbout(person.email)).toMatchObject({ accounts: 0, credentials: 0, dataKeys: 0 });
  const events = await store.query(
    `SELECT actor, target, reason FROM "AuditEvent" WHERE "accountId" = $1 AND action = 'revocation-requested'`,
    [accountId],
  );
  expect(events).toEqual([{ actor: admin.email, target: person.email, reason: "Phone was stolen" }]);
});

test("without a reason nothing is revoked", async ({ page, newReader, store }) => {
  const { accountId, ...person } = await newReader({ elsewhere: true });
  await newReader({ person: admin });
  await page.goto(`/admin/accounts/${accountId}`);
  await page.getByRole("button", { name: "Revoke access" }).click();
  await expect(page.getByRole("textbox", { name: "Reason" })).toBeFocused();
  // Blanks get past the browser, not past the server.
  await page.getByRole("textbox", { name: "Reason" }).fill("   ");
  await page.getByRole("button", { name: "Revoke access" }).click();
  await expect(page.getByText("A reason is needed: 1 to 500 characters.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Reason" })).toHaveAttribute("aria-invalid", "true");
  expect((await store.accountOf(person.email))?.state).toBe("ACTIVE");
});

test("while Google is down a revoked account is blocked at once, and destroyed when Google confirms", async ({
  page,
  newReader,
  google,
  store,
}) => {
  const { accountId, ...person } = await newReader({ messages: 3, elsewhere: true });
  const { id } = await google.deliver(person.email, { subject: "Seen before" });
  const theirPage = await person.context.newPage();
  await theirPage.goto(`/mail/${accountId}/message/${id}`);
  await expect(theirPage.getByRole("heading", { level: 1, name: "Seen before" })).toBeVisible();
  // A page that is open learns of it, and leaves by itself; this one is away meanwhile.
  await theirPage.goto("about:blank");

  await google.fault({ kind: "reset", target: "revoke", email: person.email });
  await newReader({ person: admin });
  await page.goto(`/admin/accounts/${accountId}`);
  await page.getByRole("textbox", { name: "Reason" }).fill("Audit");
  await page.getByRole("button", { name: "Revoke access" }).click();
  await expect(page.getByRole("main")).toContainText(/Disconnecting\s*Withdrawn by an admin/);
  await expect(page.getByRole("button", { name: "Revoke access" })).toHaveCount(0);

  // What was read a moment ago is not shown again.
  await theirPage.goto(`/mail/${accountId}/message/${id}`);
  await expect(theirPage.getByRole("heading", { level: 1, name: "An admin withdrew access." })).toBeVisible();
  await expect(theirPage.getByText("Seen before")).toHaveCount(0);

  await google.clearFaults(person.email);
  await expect
    .poll(() => store.rowsAbout(person.email), { timeout: 40_000 })
    .toMatchObject({ accounts: 0, credentials: 0, dataKeys: 0 });
  await page.reload();
  await expect(page.getByText("This account is no longer connected.")).toBeVisible();
  await expect(page.getByText("Google confirmed; key and rows destroyed")).toBeVisible();
});

test("an admin sees accounts, and never anybody's mail", async ({ context, newReader }) => {
  const { accountId, messageId: id } = await newReader({ mail: [{ subject: "Private" }], elsewhere: true });
  await newReader({ person: admin });
  for (const path of ["inbox", `message/${id}`, `message/${id}/body`, `message/${id}/raw`]) {
    expect((await context.request.get(`/mail/${accountId}/${path}`)).status(), path).toBe(404);
  }
});
