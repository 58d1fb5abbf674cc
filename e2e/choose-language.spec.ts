import type { Page } from "@playwright/test";
import th from "../lib/i18n/messages/th.json" with { type: "json" };
import { expect, test } from "./fixtures.ts";
import { place } from "./places.ts";

const languageCookie = "latchkey.language";

test("a choice at the door does not forget where one was going", async ({ page }) => {
  await page.goto("/?callbackUrl=%2Faccounts");
  await page.getByRole("button", { name: "ไทย", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(th.door.title);
  expect(new URL(page.url()).searchParams.get("callbackUrl")).toBe("/accounts");
  await expect(page.locator("input[name=callbackUrl]")).toHaveValue("/accounts");
});

test("a choice is kept of somebody who is no longer admitted, too", async ({ page, reader, store }) => {
  await store.query(`UPDATE "Account" SET state = 'SUSPENDED', cause = 'not-admitted' WHERE id = $1`, [
    reader.accountId,
  ]);
  await page.goto("/accounts");
  await page.getByRole("button", { name: "ไทย", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(th.accounts.title);
  expect(await store.query(`SELECT language FROM "User" WHERE email = $1`, [reader.email])).toEqual([
    { language: "th" },
  ]);
});

const actionOf = async (page: Page): Promise<string> => {
  await page.goto("/");
  const hidden = page.locator("form:has(button[name=language]) input[name^='$ACTION']");
  return (await hidden.first().getAttribute("name")) ?? "";
};
const own = () => ({ origin: new URL(place("latchkey")).origin });

for (const [what, language, from, location, taken] of [
  ["a language that there is", "th", "/accounts", "/accounts", "th"],
  ["another server", "th", "https://evil.example/x", "/", "th"],
  ["a path that is another server", "th", "//evil.example/x", "/", "th"],
  ["a path of the API", "th", "/api/auth/signout", "/", "th"],
  ["lines of a header", "th", "/x\r\nset-cookie: a=b", "/xset-cookie:%20a=b", "th"],
  ["a language that there is not", "xx", "https://evil.example", "/", undefined],
] as const) {
  test(`a form with ${what} is answered here`, async ({ page, request }) => {
    const answer = await request.post("/", {
      multipart: { [await actionOf(page)]: "", page: from, language },
      headers: own(),
      maxRedirects: 0,
    });
    expect(answer.status()).toBe(303);
    expect(new URL(answer.headers().location ?? "", place("latchkey")).href).toBe(
      new URL(location, place("latchkey")).href,
    );
    const { cookies } = await request.storageState();
    expect(cookies.find(({ name }) => name === languageCookie)?.value).toBe(taken);
  });
}

for (const sent of [
  "[]",
  "[null]",
  '["x"]',
  '[{"language":"th","page":"/"}]',
  '[[["language","th"],["page","/"]]]',
]) {
  test(`the action called by hand with ${sent}, which is no form, does nothing and fails nothing`, async ({
    page,
    request,
  }) => {
    const action = (await actionOf(page)).replace("$ACTION_ID_", "");
    const headers = { ...own(), "next-action": action, "content-type": "text/plain;charset=UTF-8" };
    const answer = await request.post("/", { headers, data: sent, maxRedirects: 0 });
    expect(answer.status()).toBe(200);
    const { cookies } = await request.storageState();
    expect(cookies.filter(({ name }) => name === languageCookie)).toEqual([]);
  });
}
