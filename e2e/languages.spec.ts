import type { Page } from "@playwright/test";
import en from "../lib/i18n/messages/en.json" with { type: "json" };
import id from "../lib/i18n/messages/id.json" with { type: "json" };
import th from "../lib/i18n/messages/th.json" with { type: "json" };
import { expect, test } from "./fixtures.ts";
import { gallery, galleryComplaints } from "./gallery.ts";
import { enter } from "./sign-in.ts";

const catalogues = { en, id, th };
const langOf = (page: Page) => page.evaluate(() => document.documentElement.lang);
const asking = (language: string) => ({ "accept-language": language });

for (const [asked, language] of [
  ["th", "th"],
  ["th-TH,th;q=0.9,en;q=0.8", "th"],
  ["id-ID", "id"],
  ["in-ID", "id"],
  ["fr-FR, fr;q=0.9, id;q=0.5, en;q=0.1", "id"],
  ["en;q=0.2, th;q=0.8", "th"],
  ["fr", "en"],
  ["*", "en"],
  ["th;q=0", "en"],
  [`<script>, ${"a-".repeat(500)}, \u00e9`, "en"],
] as const) {
  test(`a browser that asks for ${asked.slice(0, 40)} is answered in ${language}`, async ({ request }) => {
    const page = await (await request.get("/", { headers: asking(asked) })).text();
    expect(page).toMatch(new RegExp(`<html lang="${language}"`));
    expect(page).toContain(catalogues[language].door.lead.replaceAll("'", "&#x27;"));
  });
}

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
  await expect(page.getByRole("button", { name, exact: true, pressed: true })).toBeVisible();
}

for (const scripts of [true, false]) {
  test(`what is chosen at the door stays, ${scripts ? "with" : "without"} scripts`, async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled: scripts, locale: "en-GB" });
    const page = await context.newPage();
    await page.goto("/");
    await choose(page, "ไทย");
    expect(await page.locator("html").getAttribute("lang")).toBe("th");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(th.door.title);
    await page.goto("/sign-in-problem?reason=access-denied");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(th.signInProblem["access-denied"].title);
    await page.goto("/");
    await choose(page, "English");
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await context.close();
  });
}

test("what somebody chooses among their accounts is spoken to them wherever they sign in", async ({
  page,
  context,
  browser,
  newPerson,
}) => {
  const person = await newPerson({ messages: 3 });
  const accountId = await enter(context, person);
  await page.goto("/accounts");
  await choose(page, "Bahasa Indonesia");
  expect(await langOf(page)).toBe("id");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(id.accounts.title);
  await page.goto(`/mail/${accountId}/inbox`);
  await expect(page.getByRole("link", { name: new RegExp(`^${id.list.inbox}`) })).toBeVisible();
  await expect(page).toHaveTitle(`${id.list.inbox} · Latchkey`);

  const elsewhere = await browser.newContext({ locale: "th-TH" });
  await enter(elsewhere, person);
  const other = await elsewhere.newPage();
  await other.goto("/accounts");
  expect(await langOf(other)).toBe("id");
  await elsewhere.close();
});

test("other tabs of the browser speak a language that is chosen in one", async ({
  page,
  context,
  reader,
}) => {
  const other = await context.newPage();
  await other.goto(`/mail/${reader.accountId}/inbox`);
  await expect(other.locator("html")).toHaveAttribute("lang", "en");
  await page.goto("/accounts");
  await choose(page, "ไทย");
  await expect(other.locator("html")).toHaveAttribute("lang", "th");
  await expect(other.getByRole("link", { name: new RegExp(`^${th.list.inbox}`) })).toBeVisible();
});

test("somebody else's browser keeps its own language", async ({ context, browser, newPerson }) => {
  await enter(context, await newPerson());
  const page = await context.newPage();
  await page.goto("/accounts");
  await choose(page, "ไทย");
  const elsewhere = await browser.newContext({ locale: "id-ID" });
  await enter(elsewhere, await newPerson());
  const other = await elsewhere.newPage();
  await other.goto("/accounts");
  expect(await langOf(other)).toBe("id");
  await elsewhere.close();
});

test("the front door refuses in the reader's language", async ({ request }) => {
  const answer = await request.get("/mail/%ff", { headers: { ...asking("th"), accept: "text/html" } });
  expect(answer.status()).toBe(400);
  const page = await answer.text();
  expect(page).toContain('<html lang="th">');
  expect(page).toContain(th.refusal["400"].title);
});

test("the inbox brings no catalogue along: only the words that are on it", async ({
  page,
  context,
  newPerson,
}) => {
  const accountId = await enter(context, await newPerson({ messages: 3 }));
  await context.setExtraHTTPHeaders(asking("th"));
  const bodies: Promise<string>[] = [];
  page.on("response", (response) => {
    if (/\.js(\?|$)|text\/x-component/.test(response.url() + (response.headers()["content-type"] ?? "")))
      bodies.push(response.text().catch(() => ""));
  });
  const document = await (await page.goto(`/mail/${accountId}/inbox`))?.text();
  await page.waitForLoadState("networkidle");
  const scripts = (await Promise.all(bodies)).join();
  expect(scripts).not.toMatch(/\p{Script=Thai}/u);
  for (const elsewhere of [
    th.stored.title,
    th.revoke.title,
    th.signInProblem.unknown.title,
    th.trouble.refused.title,
  ])
    expect(document).not.toContain(elsewhere);
});

/** Words that English shares with another language are no proof. */
const shared =
  /^(?:[^\p{Letter}]*|Latchkey|Gmail|Google|PDF|Spam|Admin|Draft|Label|Email|Mail|Video|Audio)$/u;

/** Whole texts of the page that stand in the English catalogue. */
async function leftInEnglish(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    // Names of headers are the same in every language.
    const shown = [...document.querySelectorAll("body *:not(script):not(style):not([translate=no])")];
    const own = shown.flatMap((element) =>
      [...element.childNodes].flatMap((node) =>
        node.nodeType === Node.TEXT_NODE ? [node.textContent ?? ""] : [],
      ),
    );
    const spoken = shown.flatMap((element) =>
      ["aria-label", "title", "placeholder", "alt"].map((name) => element.getAttribute(name) ?? ""),
    );
    return [document.title.replace(/ · Latchkey$/, ""), ...own, ...spoken];
  });
  const english = new Set(messagesOf(en));
  return texts.map((text) => text.trim()).filter((text) => english.has(text) && !shared.test(text));
}

const messagesOf = (catalogue: object): string[] =>
  Object.values(catalogue).flatMap((value) => (typeof value === "string" ? [value] : messagesOf(value)));

test.describe(() => {
  test.use({ expectedComplaints: galleryComplaints });
  for (const { name, open } of gallery) {
    test(`nothing on ${name} is left in English`, async ({ page, google, store, newPerson, newReader }) => {
      await open({ page, google, store, newPerson, newReader });
      for (const language of ["id", "th"] as const) {
        await page.context().addCookies([{ name: "latchkey.language", value: language, url: page.url() }]);
        await page.reload();
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        await page.waitForLoadState("networkidle");
        expect(await leftInEnglish(page), language).toEqual([]);
      }
    });
  }
});

test("lines of Thai break between words", async ({ page, context }) => {
  await context.setExtraHTTPHeaders(asking("th"));
  await page.setViewportSize({ width: 390, height: 900 });
  for (const path of ["/", "/sign-in-problem?reason=admin-policy"]) {
    await page.goto(path);
    const broken = await page.evaluate(() => {
      const wrong: string[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.textContent ?? "";
        if (!/\p{Script=Thai}/u.test(text) || node.parentElement?.closest("script")) continue;
        const ends = new Set(
          [...new Intl.Segmenter("th", { granularity: "word" }).segment(text)].map(({ index }) => index),
        );
        const range = document.createRange();
        let line: number | undefined;
        for (let at = 0; at < text.length; at += 1) {
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const { top, width } = range.getBoundingClientRect();
          if (width === 0) continue;
          if (line !== undefined && Math.abs(top - line) > 8 && !ends.has(at))
            wrong.push(text.slice(at - 8, at + 8));
          line = top;
        }
      }
      return wrong;
    });
    expect(broken, path).toEqual([]);
  }
});
