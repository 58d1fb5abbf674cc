/** Who somebody is here: the account that opened their session, and nothing that they connected beside it. */
import type { Page } from "@playwright/test";
import { answered, expect, test } from "./fixtures.ts";
import { admin, allowAtGoogle, answerAtGoogle, chooseAtGoogle, type Person, startSignIn } from "./sign-in.ts";

test.use({ expectedComplaints: answered(404) });

/** Presses "Sign in with Google" and chooses an account that has consented before: Google asks nothing more. */
async function signInAgain(page: Page, { email }: Person): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await chooseAtGoogle(page, email);
}

test("a further account of an admin opens neither their inbox nor /admin, and its holder can take it out", async ({
  page,
  browser,
  newPerson,
  newReader,
  store,
}) => {
  const shared = await newPerson();
  await newReader({ person: admin });
  await page.goto("/accounts");
  await page.getByRole("button", { name: "Connect another account" }).click();
  await chooseAtGoogle(page, shared.email);
  await allowAtGoogle(page);
  await page.waitForURL("**/accounts**");
  await expect(page.getByRole("region", { name: shared.email })).toContainText("May sign me in: off.");

  const elsewhere = await browser.newContext();
  const theirs = await elsewhere.newPage();
  await signInAgain(theirs, shared);
  await expect(
    theirs.getByRole("heading", {
      level: 1,
      name: "This address is connected inside another Latchkey account.",
    }),
  ).toBeVisible();
  await expect(theirs.getByRole("main")).not.toContainText(admin.email);
  expect((await theirs.goto("/admin"))?.status()).toBe(404);
  await theirs.goBack();
  await theirs.getByRole("button", { name: `Disconnect ${shared.email} from there` }).click();
  await expect(theirs.getByRole("status").filter({ hasText: "The account is disconnected." })).toBeVisible();
  expect((await store.rowsAbout(shared.email)).accounts).toBe(0);
  await page.reload();
  await expect(page.getByRole("region", { name: shared.email })).toHaveCount(0);
  await elsewhere.close();
});

test("an account that its owner lets sign them in opens their session, and stops when they say so", async ({
  page,
  browser,
  newPerson,
  reader: owner,
}) => {
  const further = await newPerson();
  await page.goto("/accounts");
  await page.getByRole("button", { name: "Connect another account" }).click();
  await chooseAtGoogle(page, further.email);
  await allowAtGoogle(page);
  await page.getByRole("button", { name: `Let it sign me in: ${further.email}` }).click();
  await expect(page.getByRole("region", { name: further.email })).toContainText("May sign me in: on.");
  const elsewhere = await browser.newContext();
  const theirs = await elsewhere.newPage();
  await signInAgain(theirs, further);
  await theirs.waitForURL(/\/mail\/[^/]+\/inbox$/);
  await theirs.goto("/accounts");
  await expect(theirs.getByRole("region", { name: owner.email })).toBeVisible();
  await page.getByRole("button", { name: `Do not let it sign me in: ${further.email}` }).click();
  await expect(page.getByRole("region", { name: further.email })).toContainText("May sign me in: off.");
  await theirs.reload();
  await expect(theirs.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
  await elsewhere.close();
});

test("sessions are listed with device and last use; one can be ended, and all at once", async ({
  page,
  newReader,
  store,
  reader,
}) => {
  for (let browsers = 1; browsers < 3; browsers += 1) await newReader({ person: reader, elsewhere: true });
  await page.goto("/accounts");
  const sessions = page.getByRole("list", { name: "Sessions" }).getByRole("listitem");
  await expect(sessions).toHaveCount(3);
  await expect(sessions.filter({ hasText: "this browser" })).toHaveCount(1);
  await expect(sessions.filter({ hasText: "Chrome" }).first()).toContainText("last used");
  await sessions
    .getByRole("button", { name: /^End the session/ })
    .first()
    .click();
  await expect(sessions).toHaveCount(2);
  expect((await store.rowsAbout(reader.email)).sessions).toBe(2);
  await page.getByRole("link", { name: "Sign out everywhere" }).click();
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
  expect((await store.rowsAbout(reader.email)).sessions).toBe(0);
});

test("whoever opens nothing but the admin's pages uses their session all the same", async ({
  page,
  newReader,
  store,
}) => {
  await newReader({ person: admin });
  const [session] = await store.query<{ id: string }>(
    `UPDATE "Session" s SET "lastUsedAt" = now() - interval '10 days' FROM "User" u
     WHERE u.id = s."userId" AND u.email = $1 AND s.id = (
       SELECT id FROM "Session" WHERE "userId" = u.id ORDER BY "createdAt" DESC LIMIT 1) RETURNING s.id`,
    [admin.email],
  );
  await page.goto("/admin/accounts");
  await expect(page.getByRole("table", { name: "Connected accounts" })).toBeVisible();
  const [used] = await store.query<{ today: boolean }>(
    `SELECT "lastUsedAt" > now() - interval '1 hour' AS today FROM "Session" WHERE id = $1`,
    [session?.id],
  );
  expect(used?.today).toBe(true);
});

test("whoever an admin withdrew is told when, why and what to do, and may come back when an admin allows it", async ({
  page,
  context,
  newReader,
}) => {
  const person = await newReader({ messages: 2 });
  await page.goto(`/mail/${person.accountId}/inbox`);
  const office = await newReader({ person: admin, elsewhere: true });
  const desk = await office.context.newPage();
  await desk.goto(`/admin/accounts/${person.accountId}`);
  await desk.getByRole("textbox", { name: "Reason" }).fill("left the company");
  await desk.getByRole("button", { name: "Revoke access" }).click();
  await expect(desk.getByText("Its owner cannot connect it again until an admin allows it.")).toBeVisible();
  await page.goto(`/mail/${person.accountId}/inbox`);
  await expect(page.getByRole("heading", { level: 1, name: "An admin withdrew access." })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(person.email);
  await expect(page.getByRole("main")).toContainText("left the company");

  await page.goto(await answerAtGoogle(await startSignIn(context), { email: person.email }));
  await expect(
    page.getByRole("heading", { level: 1, name: "An admin has withdrawn this account." }),
  ).toBeVisible();
  await desk.getByRole("button", { name: "Allow reconnecting" }).click();
  await expect(desk.getByText("May be connected again")).toBeVisible();
  const again = await newReader({ person });
  await desk.goto(`/admin/accounts/${again.accountId}`);
  await desk.getByRole("link", { name: "its history until then" }).click();
  await expect(desk).toHaveURL(new RegExp(person.accountId));
  await expect(desk.getByText("left the company")).toBeVisible();
});
