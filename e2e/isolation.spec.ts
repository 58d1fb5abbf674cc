import { answered, expect, test } from "./fixtures.ts";

test.use({ expectedComplaints: answered(404) });

const noAccount = "01900000-0000-7000-8000-000000000000";
const noMessage = "0123456789abcdef";

test("somebody else's mail is answered like mail that is not there", async ({ context, page, newReader }) => {
  const owner = await newReader({ mail: [{ subject: "Private", html: "<p>Private</p>" }], elsewhere: true });
  const { accountId: foreign, messageId: id } = owner;
  const { accountId: own } = await newReader();
  const pages = [
    `/mail/${foreign}/inbox`,
    `/mail/${foreign}/all?q=private`,
    `/mail/${foreign}/message/${id}`,
    `/mail/${foreign}/message/${id}/body`,
    `/mail/${foreign}/message/${id}/print`,
    `/mail/${foreign}/message/${id}/raw`,
    `/mail/${foreign}/message/${id}/original`,
    `/mail/${foreign}/message/${id}/unsubscribe`,
    `/mail/${foreign}/message/${id}/attachment/1`,
    // Their message through one's own account.
    `/mail/${own}/message/${id}`,
    `/mail/${own}/message/${id}/body`,
    `/mail/${own}/message/${id}/print`,
    `/mail/${own}/message/${id}/raw`,
    `/mail/${own}/message/${id}/original`,
    `/mail/${own}/message/${id}/unsubscribe`,
    `/mail/${noAccount}/inbox`,
    `/mail/${noAccount}/message/${noMessage}`,
    "/mail/no-account/inbox",
    `/consent?account=${foreign}`,
    `/admin/accounts/${foreign}`,
  ];
  for (const path of pages) {
    const answer = await context.request.get(path);
    expect(answer.status(), path).toBe(404);
    expect(await answer.text(), path).not.toContain("Private");
  }
  const shown: (string | null)[] = [];
  for (const path of [
    `/mail/${foreign}/inbox`,
    `/mail/${noAccount}/inbox`,
    `/mail/${foreign}/message/${id}`,
  ]) {
    await page.goto(path);
    shown.push(await page.getByRole("main").textContent());
  }
  expect(new Set(shown).size, "the same page for a foreign and for a missing one").toBe(1);
  expect(shown[0]).toContain("There is nothing here.");
  // And the owner does see it.
  expect((await owner.context.request.get(`/mail/${foreign}/message/${id}`)).status()).toBe(200);
});

for (const path of ["/admin", "/admin/accounts", `/admin/accounts/${noAccount}`]) {
  test(`${path} is not there for somebody who is no admin, and not for a stranger`, async ({
    context,
    newReader,
    page,
  }) => {
    expect((await context.request.get(path)).status()).toBe(404);
    await newReader();
    expect((await page.goto(path))?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1, name: "There is nothing here." })).toBeVisible();
    await page.goto("/accounts");
    await expect(page.getByRole("link", { name: "Connected accounts" })).toHaveCount(0);
  });
}

test("somebody else's account cannot be disconnected", async ({ page, newReader, reader, store }) => {
  const owner = await newReader({ elsewhere: true });
  expect((await page.goto(`/accounts/${owner.accountId}/disconnect`))?.status()).toBe(404);
  await page.goto("/accounts");
  await page.getByRole("button", { name: "Disconnect" }).click();
  await page
    .locator("form", { has: page.getByRole("button", { name: "Disconnect and destroy" }) })
    .locator("input[name=account]")
    .evaluate((input, id) => input.setAttribute("value", id), owner.accountId);
  await page.getByRole("button", { name: "Disconnect and destroy" }).click();
  await page.waitForURL("**/accounts");
  expect(await store.accountOf(owner.email)).toMatchObject({ state: "ACTIVE" });
  expect(await store.accountOf(reader.email)).toMatchObject({ state: "ACTIVE" });
});

test("a stranger is led to the door, and from there to where they were going", async ({ context }) => {
  for (const path of ["/mail", "/accounts", `/mail/${noAccount}/inbox`]) {
    const answer = await context.request.get(path, { maxRedirects: 0 });
    expect(answer.status(), path).toBe(307);
    const location = new URL(answer.headers().location ?? "", "http://same.invalid");
    expect(location.pathname, path).toBe("/");
    if (path !== "/mail") expect(location.searchParams.get("callbackUrl")).toBe(path);
  }
});

test("an invented session opens nothing", async ({ context, page, baseURL }) => {
  await context.addCookies([{ name: "latchkey.session", value: "x".repeat(43), url: baseURL ?? "" }]);
  await page.goto("/mail");
  await expect(page.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
});
