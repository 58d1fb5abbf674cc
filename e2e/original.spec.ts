import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const source = [
  "Received: by 2002:a05:6102:3f4d:b0:4a5:1234:5678 with SMTP id x1; Sat, 21 Nov 2026 01:30:09 -0800 (PST)",
  "Received: from bank.example (dsl7.cheap.example. [203.0.113.7])\r\n        by mx.google.com with SMTP id a1; Sat, 21 Nov 2026 01:30:08 -0800 (PST)",
  "Authentication-Results: mx.google.com; dkim=fail header.i=@example.org; spf=pass smtp.mailfrom=ann@example.org",
  "Message-ID: <pond.1@example.org>",
  "Date: Sat, 21 Nov 2026 09:00:01 +0000",
  "From: Ann Lee <ann@example.org>",
  "To: you@example.org",
  "Subject: =?utf-8?Q?The_p=E2=80=AEond?=\r\n =?utf-8?Q?_caf=C3=A9?=",
  "Content-Type: text/plain; charset=utf-8",
  "",
  "In\u200bvisible",
].join("\r\n");

const moreOf = (page: Page) => page.getByRole("article").getByRole("button", { name: "More" });
const actionsOf = (page: Page) => page.getByRole("list", { name: "What can be done with this message" });

async function openMessage(page: Page, accountId: string, id: string): Promise<void> {
  await page.goto(`/mail/${accountId}/message/${id}`);
  // A key pressed before the page listens is lost: press until it is heard.
  await expect(async () => {
    await page.keyboard.press(".");
    await expect(actionsOf(page)).toBeVisible({ timeout: 500 });
  }).toPass();
}

test("keys lead through what can be done with a message, and to its original and back", async ({
  page,
  google,
  reader: { accountId, email },
}) => {
  const { id } = await google.deliverRfc822(email, source);
  await openMessage(page, accountId, id);
  const item = (name: string) => actionsOf(page).getByText(name, { exact: true });
  await expect(item("Show original")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(item("Download .eml")).toBeFocused();
  await page.keyboard.press("End");
  await expect(item("Find mail to this person")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(actionsOf(page)).toBeHidden();
  await page.getByRole("heading", { level: 1 }).click();
  await moreOf(page).focus();
  await page.keyboard.press("Enter");
  await expect(item("Show original")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(moreOf(page)).toBeFocused();
  await page.keyboard.press("Space");
  await expect(item("Show original")).toBeFocused();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/original");
  await expect(page.getByRole("region", { name: "Headers" })).toBeVisible();
  await page.keyboard.press("u");
  await page.waitForURL(`**/message/${id}`);
});

test("the menu closes by a click elsewhere, by leaving it, and by what was chosen", async ({
  page,
  google,
  reader: { accountId, email },
}) => {
  const { id } = await google.deliverRfc822(email, source);
  await openMessage(page, accountId, id);
  await page.getByText("visible").click();
  await expect(actionsOf(page)).toBeHidden();
  await moreOf(page).click();
  await page.keyboard.press("End");
  await page.keyboard.press("Tab");
  await expect(actionsOf(page)).toBeHidden();
  await moreOf(page).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    actionsOf(page).getByRole("link", { name: "Download .eml" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("2026-11-21 The pond café.eml");
  await expect(actionsOf(page)).toBeHidden();
});

test("the sender's address can be copied, and their mail found", async ({
  page,
  context,
  google,
  newReader,
}) => {
  const { accountId, email } = await newReader();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const hostile = 'From: "Ann" <"ann OR in:anywhere"@example.org>\r\nSubject: Hostile\r\n\r\nText';
  const { id } = await google.deliverRfc822(email, hostile);
  await google.deliver(email, { from: "Bo <bo@example.org>", subject: "Another" });
  await openMessage(page, accountId, id);
  await actionsOf(page).getByRole("button", { name: "Copy address" }).click();
  await expect(actionsOf(page).getByRole("status")).toHaveText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    '"ann OR in:anywhere"@example.org'.replace(/ /g, ""),
  );
  await actionsOf(page).getByRole("link", { name: "Find mail from this person" }).click();
  await page.waitForURL(/\/all\?q=/);
  expect(new URL(page.url()).searchParams.get("q")).toMatch(/^from:"[^"]*"$/);
});

test("an original shows what was sent, what it means, and the way it took", async ({
  page,
  context,
  google,
  newReader,
}) => {
  const { accountId, email } = await newReader();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { id } = await google.deliverRfc822(email, source);
  await page.goto(`/mail/${accountId}/message/${id}/original`);
  await expect(page.getByRole("heading", { level: 1, name: "The pond café" })).toBeVisible();
  const subject = page.getByRole("row", { name: "Subject" });
  await expect(subject).toContainText("=?utf-8?Q?The_p=E2=80=AEond?=");
  await expect(subject).toContainText("The p⟨U+202E⟩ond café");
  const results = page.getByRole("row", { name: "Authentication-Results" });
  await expect(results).toContainText("Google’s own server wrote this: it counts.");
  await expect(results.getByRole("listitem").first()).toHaveText(
    /^DKIM failed: the signature of example\.org does not hold\./,
  );
  const way = page.getByRole("region", { name: "The way it took" }).getByRole("listitem");
  await expect(way.first()).toContainText(
    "from bank.example (dsl7.cheap.example, 203.0.113.7) by mx.google.com",
  );
  await expect(way.getByText("The message waited long before it.")).toBeVisible();
  await expect(way.getByText("The message came here without encryption.")).toBeVisible();
  await expect(
    way.getByText("The server calls itself bank.example; its address belongs to dsl7.cheap.example."),
  ).toBeVisible();
  const field = page.getByRole("textbox", { name: "Source" });
  await expect(field).toHaveValue(/^Received: by 2002[\s\S]*\n\nIn⟨U\+200B⟩visible$/);
  await expect(async () => {
    await page.getByRole("button", { name: "Copy" }).click();
    await expect(page.getByText("Copied", { exact: true })).toBeVisible({ timeout: 500 });
  }).toPass();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await field.inputValue());
  const download = await context.request.get(
    (await page.getByRole("link", { name: "Download .eml" }).getAttribute("href")) ?? "",
  );
  expect((await download.body()).equals(Buffer.from(source))).toBe(true);
  expect(download.headers()["content-disposition"]).toMatch(
    /^attachment; .*filename\*=UTF-8''2026-11-21%20The%20pond/,
  );
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the menu opens and closes, and holds only what works", async ({ page, google, newReader }) => {
    const { accountId, email } = await newReader();
    const { id } = await google.deliverRfc822(email, source);
    await page.goto(`/mail/${accountId}/message/${id}`);
    await moreOf(page).press("Enter");
    await expect(actionsOf(page).getByRole("link", { name: "Show original" })).toBeVisible();
    await expect(actionsOf(page).getByText("Copy address")).toBeHidden();
    await page.keyboard.press("Escape");
    await expect(actionsOf(page)).toBeHidden();
    await moreOf(page).click();
    await actionsOf(page).getByRole("link", { name: "Show original" }).click();
    await page.waitForURL("**/original");
    await expect(page.getByRole("textbox", { name: "Source" })).toBeVisible();
    await expect(page.getByText("Copy", { exact: true })).toBeHidden();
  });
});

test("a message is printed with its head, its quotes open and its addresses said, and opens the browser's dialog", async ({
  page,
  newReader,
}) => {
  const { accountId, messageId: id } = await newReader({
    mail: [
      {
        from: "Ann Lee <ann@example.org>",
        subject: "The pond",
        html: '<p>See <a href="https://example.org/plan">the plan</a>.</p><div class="gmail_quote"><div>On Mon, Bo wrote:</div><blockquote>Old words</blockquote></div>',
        attachments: [{ filename: "plan.pdf", mimeType: "application/pdf", contentBase64: "JVBERi0=" }],
      },
    ],
  });
  await openMessage(page, accountId, id);
  const asked = page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        // Before whoever waits for the frame itself.
        document.addEventListener(
          "load",
          ({ target }) => {
            if (!(target instanceof HTMLIFrameElement) || target.name !== "print") return;
            target.contentWindow?.addEventListener("beforeprint", () => resolve(true));
          },
          { capture: true },
        );
      }),
  );
  await actionsOf(page).getByRole("link", { name: "Print" }).click();
  expect(await asked).toBe(true);
  const answer = await page.goto(`/mail/${accountId}/message/${id}/print`);
  const policy = answer?.headers()["content-security-policy"] ?? "";
  expect(policy).toMatch(/default-src 'none'/);
  expect(policy).toMatch(/sandbox [^;]*allow-modals$/);
  expect(policy).not.toMatch(/allow-scripts|script-src/);
  await expect(page.getByRole("heading", { level: 1, name: "The pond" })).toBeVisible();
  await expect(page.getByText("Ann Lee <ann@example.org>")).toBeVisible();
  await expect(page.getByText("plan.pdf (5 B)")).toBeVisible();
  await expect(page.getByText("GMT")).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("To print this page")).toBeHidden();
});
