import { readFile } from "node:fs/promises";
import { answered, expect, test } from "./fixtures.ts";
import { rowsOf } from "./mail-page.ts";
import { place } from "./places.ts";
import {
  allowAtGoogle,
  answerAtGoogle,
  chooseAtGoogle,
  disconnect,
  openInbox,
  startSignIn,
} from "./sign-in.ts";

test("a tab that stands at the door signs its person in, though another has signed in meanwhile in that browser", async ({
  context,
  newPerson,
  store,
}) => {
  const [first, second] = [await newPerson({ messages: 2 }), await newPerson({ messages: 2 })];
  const [door, other] = [await context.newPage(), await context.newPage()];
  await door.goto("/");
  await openInbox(other, first);
  await door.getByRole("button", { name: "Sign in with Google" }).click();
  await chooseAtGoogle(door, second.email);
  await allowAtGoogle(door);
  await door.waitForURL(/\/mail\/[^/]+\/inbox$/);
  await expect(door.getByText(second.email).first()).toBeVisible();
  const owners = [await store.accountOf(first.email), await store.accountOf(second.email)];
  expect(owners[0]?.userId).not.toBe(owners[1]?.userId);
  // The first person's mail is not the second's to read, and their session in this browser has ended.
  expect((await door.goto(`/mail/${owners[0]?.id}/inbox`))?.status()).toBe(404);
  expect((await store.rowsAbout(first.email)).sessions).toBe(0);
});

test.use({ expectedComplaints: answered(404) });

test("connecting says for whom, confirms with the address, and the card leads to the mail", async ({
  page,
  reader: owner,
  newPerson,
  google,
  store,
}) => {
  const further = await newPerson();
  await google.deliver(further.email, { subject: "To the further account" });
  await page.goto("/accounts");
  const connect = page.getByRole("button", { name: "Connect another account" });
  await expect(connect).toHaveAccessibleDescription(new RegExp(owner.email));
  await connect.click();
  await chooseAtGoogle(page, further.email);
  await allowAtGoogle(page);
  await expect(page.getByRole("status").filter({ hasText: `${further.email} is connected.` })).toBeVisible();
  await page.getByRole("link", { name: further.email }).click();
  await expect(rowsOf(page)).toContainText(["To the further account"]);
  expect((await store.accountOf(further.email))?.userId).toBe((await store.accountOf(owner.email))?.userId);
});

test("a form that connects, pressed after the session has ended, says to sign in first", async ({
  context,
  page,
  newReader,
}) => {
  await newReader();
  await page.goto("/accounts");
  await context.clearCookies();
  await page.getByRole("button", { name: "Connect another account" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in first." })).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "Nothing was connected." })).toBeVisible();
});

test("the way back, opened a second time, leads on to where one was going", async ({
  context,
  page,
  newPerson,
  google,
}) => {
  const person = await newPerson({ messages: 2 });
  const wayBack = await answerAtGoogle(await startSignIn(context), { email: person.email });
  await page.goto(wayBack);
  await page.waitForURL(/\/mail\/[^/]+\/inbox$/);
  await page.goto(wayBack);
  await page.waitForURL(/\/mail\/[^/]+\/inbox$/);
  await expect(rowsOf(page).first()).toBeVisible();
  expect((await google.counters()).byPerson[person.email]?.["token.authorization_code"]).toBe(1);
});

test("the way back, opened in two tabs at once, lands both in the inbox and costs one code", async ({
  context,
  newPerson,
  google,
  store,
}) => {
  const person = await newPerson({ messages: 2 });
  const wayBack = await answerAtGoogle(await startSignIn(context), { email: person.email });
  await google.fault({ kind: "slow", latencyMs: 500, target: "token", email: person.email, count: 1 });
  const tabs = [await context.newPage(), await context.newPage()];
  await Promise.all(tabs.map((tab) => tab.goto(wayBack)));
  for (const tab of tabs) {
    await tab.waitForURL(/\/mail\/[^/]+\/inbox$/);
    await expect(rowsOf(tab).first()).toBeVisible();
  }
  expect((await google.counters()).byPerson[person.email]?.["token.authorization_code"]).toBe(1);
  expect(await store.accountOf(person.email)).toMatchObject({ state: "ACTIVE" });
  expect((await store.rowsAbout(person.email)).sessions).toBe(1);
});

test("a tab that comes late with what it knew before is led on, and words are for whoever has no session", async ({
  context,
  page,
  newPerson,
}) => {
  const person = await newPerson();
  const wayBack = await answerAtGoogle(await startSignIn(context), { email: person.email });
  const before = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  await context.request.get(wayBack, { maxRedirects: 0 });
  const late = await fetch(wayBack, { headers: { cookie: before }, redirect: "manual" });
  const there = `${place("latchkey")}${late.headers.get("location")}`;
  expect(late.headers.getSetCookie()).toEqual([]);
  await page.goto(there);
  await page.waitForURL(/\/mail\/[^/]+\/inbox$/);
  // An open page would notice that its session is gone, and leave by itself.
  await page.goto("about:blank");
  await context.clearCookies();
  await page.goto(there);
  await expect(
    page.getByRole("heading", { level: 1, name: "That sign-in was used up or took too long." }),
  ).toBeVisible();
});

test("a browser that fetches the way back ahead, or asks for its head alone, takes nothing", async ({
  context,
  page,
  newPerson,
  google,
}) => {
  const person = await newPerson();
  const wayBack = await answerAtGoogle(await startSignIn(context), { email: person.email });
  const ahead = await context.request.get(wayBack, {
    headers: { "sec-purpose": "prefetch" },
    maxRedirects: 0,
  });
  expect(ahead.status()).toBe(503);
  await context.request.head(wayBack, { maxRedirects: 0 });
  expect((await google.counters()).byPerson[person.email]?.["token.authorization_code"]).toBeUndefined();
  await page.goto(wayBack);
  await page.waitForURL(/\/mail\/[^/]+\/inbox$/);
});

test("behind a proxy that makes every form's origin null, people sign in and disconnect", async ({
  page,
  newPerson,
  store,
}) => {
  const origins: (string | undefined)[] = [];
  page.on("request", (request) => {
    if (request.method() !== "POST" || !request.url().startsWith(place("latchkey"))) return;
    void request.allHeaders().then(({ origin }) => origins.push(origin));
  });
  await page.route(
    (url) => url.origin === place("latchkey"),
    async (route) => {
      if (route.request().resourceType() !== "document" || route.request().method() !== "GET")
        return route.continue();
      const response = await route.fetch({ maxRedirects: 0 });
      return route.fulfill({
        response,
        headers: { ...response.headers(), "referrer-policy": "no-referrer" },
      });
    },
  );
  const person = await newPerson();
  await openInbox(page, person);
  await page.goto("/accounts");
  await disconnect(page, person.email);
  await expect(page.getByText("The account is disconnected.")).toBeVisible();
  expect(await store.accountOf(person.email)).toBeNull();
  expect(origins).toContain("null");
});

test("the door of a very long search answers with a short head, and its list is not forgotten", async ({
  context,
  reader: { accountId },
}) => {
  await context.clearCookies();
  const list = `/mail/${accountId}/inbox`;
  for (const q of ["word ".repeat(2_500), "จดหมาย".repeat(150), "a".repeat(1_500)]) {
    const answer = await context.request.get(`${list}?${new URLSearchParams({ q })}`, { maxRedirects: 0 });
    const head = answer
      .headersArray()
      .reduce((sum, { name, value }) => sum + name.length + value.length + 4, 0);
    expect(head).toBeLessThan(4_000);
    const door = new URL(answer.headers().location ?? "", place("latchkey"));
    expect(door.searchParams.get("callbackUrl")).toMatch(new RegExp(`^${list}(\\?|$)`));
  }
});

test("a form by another name of this server is answered with the right address", async ({ context }) => {
  for (const path of ["/api/auth/signin/google", "/accounts"]) {
    const answer = await context.request.post(path, {
      form: { callbackUrl: "/mail" },
      headers: { origin: "https://www.latchkey.example", "sec-fetch-site": "same-origin" },
      maxRedirects: 0,
    });
    expect(answer.status()).toBe(403);
    expect(answer.headers()["content-type"]).toContain("text/html");
    expect(await answer.text()).toContain(`<a href="${place("latchkey")}/">`);
  }
  // Whoever runs the server learns of it, once.
  const lines = (await readFile(place("log"), "utf8")).split("\n");
  expect(lines.filter((line) => line.includes('"origin":"https://www.latchkey.example"'))).toHaveLength(1);
});

test("a cancelled reconnect says that everything is as it was, and leads back", async ({
  page,
  google,
  store,
  newReader,
}) => {
  const { accountId, email } = await newReader({ messages: 2 });
  await store.untilFilled(accountId);
  await google.revokeGrant(email);
  await page.goto(`/mail/${accountId}/inbox`);
  await page.getByRole("button", { name: "Reconnect" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(
    page.getByRole("heading", { level: 1, name: "The account was not reconnected." }),
  ).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText("stored nothing");
  await expect(page.getByRole("main")).toContainText(`You are signed in as ${email}.`);
  await page.getByRole("link", { name: "Your accounts" }).click();
  // The copy is there to be read without Google's consent.
  await page.getByRole("link", { name: email }).click();
  await expect(rowsOf(page).first()).toBeVisible();
});

test("a reconnect from the accounts confirms with the address", async ({ page, google, newReader }) => {
  const { accountId, email } = await newReader({ messages: 1 });
  await google.revokeGrant(email);
  await page.goto(`/mail/${accountId}/inbox`);
  await page.goto("/accounts");
  await page.getByRole("button", { name: "Reconnect" }).click();
  await allowAtGoogle(page);
  await expect(page.getByRole("status").filter({ hasText: `${email} is connected again.` })).toBeVisible();
});

test("an account of somebody else's here offers to sign out, and a way back", async ({ page, newReader }) => {
  const stranger = await newReader({ elsewhere: true });
  await newReader();
  await page.goto("/accounts");
  await page.getByRole("button", { name: "Connect another account" }).click();
  await chooseAtGoogle(page, stranger.email);
  await page.waitForURL(/reason=belongs-to-another-user/);
  await expect(page.getByRole("link", { name: "Back to your mail" })).toBeVisible();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("Disconnect asks first, by keyboard: what will be destroyed, and whose it is", async ({
      page,
      store,
      reader: { email },
    }) => {
      await page.goto("/accounts");
      const card = page.getByRole("region", { name: email });
      await card.getByRole("button", { name: "Disconnect" }).focus();
      await page.keyboard.press("Enter");
      await expect(page.getByRole("heading", { level: 1, name: `Disconnect ${email}?` })).toBeVisible();
      await expect(page.getByRole("main")).toContainText("the copy of its mail");
      expect(await store.accountOf(email)).toMatchObject({ state: "ACTIVE" });
      // Changing one's mind destroys nothing.
      await page.getByRole("link", { name: "Keep it connected" }).focus();
      await page.keyboard.press("Enter");
      await expect(card).toContainText("Active");
      await card.getByRole("button", { name: "Disconnect" }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Disconnect and destroy" }).focus();
      await page.keyboard.press("Enter");
      await expect(page.getByText("The account is disconnected.")).toBeVisible();
      expect(await store.accountOf(email)).toBeNull();
    });
  });
}
