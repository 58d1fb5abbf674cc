import type { Page } from "@playwright/test";
import { answered, expect, test } from "./fixtures.ts";
import { frameOf, rowNamed } from "./mail-page.ts";

test.use({ expectedComplaints: answered(404) });

test("a text message shows its headers, its links, and its quoted text folded", async ({
  page,
  newReader,
}) => {
  const { accountId } = await newReader({
    mail: [
      {
        from: "Ann Lee <ann@example.org>",
        cc: "Bo <bo@example.org>",
        subject: "Re: The pond",
        text: "See https://example.org/pond for plans.\n\nOn Mon, 2 Nov 2026 at 10:00, Bo <bo@example.org> wrote:\n> Where are the plans?",
      },
    ],
  });
  await page.goto(`/mail/${accountId}/inbox`);
  await rowNamed(page, /The pond/).click();
  await expect(page.getByRole("heading", { level: 1, name: "The pond" })).toBeVisible();
  const article = page.getByRole("article");
  await expect(article).toContainText("Ann Lee");
  await expect(article).toContainText("ann@example.org");
  await expect(article).toContainText("copy to Bo");
  const link = article.getByRole("link", { name: "https://example.org/pond" });
  await expect(link).toHaveAttribute("rel", /noopener.*noreferrer/);
  await expect(page.getByText("Where are the plans?")).toBeHidden();
  await page.getByText("Quoted text", { exact: true }).click();
  await expect(page.getByText("Where are the plans?")).toBeVisible();
});

test("a body of HTML shows in a frame as tall as itself", async ({ page, newPerson, google, newReader }) => {
  const person = await newPerson();
  const paragraphs = Array.from({ length: 60 }, (_, index) => `<p>Paragraph ${index}</p>`).join("");
  const { id } = await google.deliver(person.email, { subject: "Long", html: `<h2>News</h2>${paragraphs}` });
  const { accountId } = await newReader({ person });
  await page.goto(`/mail/${accountId}/message/${id}`);
  await expect(frameOf(page).getByRole("heading", { name: "News" })).toBeVisible();
  await expect
    .poll(async () => (await page.getByTitle("Message body").boundingBox())?.height)
    .toBeGreaterThan(1500);
});

test("remote images are not loaded, and that is said", async ({ page, newReader }) => {
  const { accountId, messageId: id } = await newReader({
    mail: [
      {
        subject: "Look",
        html: '<p>Hi</p><img src="https://images.example/a.png" width="300" height="200"><img src="https://t.example/o.gif?u=1" width="1" height="1">',
      },
    ],
  });
  await page.goto(`/mail/${accountId}/message/${id}`);
  await expect(page.getByText("2 remote images · 1 tracker")).toBeVisible();
});

test("an inline image is shown from the message itself", async ({ page, context, newReader }) => {
  const { accountId, messageId: id } = await newReader({
    mail: [
      {
        subject: "Inline",
        html: '<p>Here: <img src="cid:dot@example" alt="a dot" width="20" height="20"></p>',
        attachments: [
          {
            filename: "dot.png",
            mimeType: "image/png",
            contentId: "dot@example",
            contentBase64:
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
          },
        ],
      },
    ],
  });
  await page.goto(`/mail/${accountId}/message/${id}`);
  const image = frameOf(page).getByRole("img", { name: "a dot" });
  await expect(image).toBeVisible();
  const source = new URL((await image.getAttribute("src")) ?? "", page.url());
  const answer = await context.request.get(source.toString());
  expect(answer.headers()["content-type"]).toBe("image/png");
});

test("an attachment is saved under its name, and never opened here", async ({
  page,
  context,
  newPerson,
  google,
  newReader,
}) => {
  const person = await newPerson();
  const content = "<script>alert(1)</script>";
  const { id } = await google.deliver(person.email, {
    subject: "Files",
    attachments: [
      {
        filename: 'räport "final".html',
        mimeType: "text/html",
        contentBase64: Buffer.from(content).toString("base64"),
      },
    ],
  });
  const { accountId } = await newReader({ person });
  await page.goto(`/mail/${accountId}/message/${id}`);
  const link = page.getByRole("region", { name: "Attachments" }).getByRole("link");
  const answer = await context.request.get((await link.getAttribute("href")) ?? "");
  expect(answer.status()).toBe(200);
  expect(await answer.text()).toBe(content);
  expect(answer.headers()).toMatchObject({
    "content-type": "application/octet-stream",
    "x-content-type-options": "nosniff",
    "content-security-policy": expect.stringContaining("sandbox"),
    "content-disposition": expect.stringMatching(/^attachment; .*filename\*=UTF-8''r%C3%A4port/),
  });
  const download = page.waitForEvent("download");
  await link.click();
  expect((await download).suggestedFilename()).toMatch(/^räport/);
});

test("the source of a message is handed out as it was sent", async ({
  page,
  context,
  newPerson,
  google,
  newReader,
}) => {
  const person = await newPerson();
  const source = "From: a@example.org\r\nTo: b@example.org\r\nSubject: As it was\r\n\r\nBare.\r\n";
  const { id } = await google.deliverRfc822(person.email, source);
  const { accountId } = await newReader({ person });
  await page.goto(`/mail/${accountId}/message/${id}`);
  const link = page.locator("a[download][href$='/raw']");
  const answer = await context.request.get((await link.getAttribute("href")) ?? "");
  expect(answer.headers()["content-type"]).toBe("message/rfc822");
  expect(answer.headers()["content-disposition"]).toContain("attachment");
  expect(await answer.text()).toContain("Subject: As it was");
});

test("a message that is gone, or never was, is not found", async ({ page, google, newReader }) => {
  const { accountId, email, messageId: id } = await newReader({ mail: [{ subject: "Short life" }] });
  await google.deleteMessages(email, [id]);
  for (const missing of [id, "0123456789abcdef", "..%2F..%2Flabels", "x".repeat(300)]) {
    const answer = await page.goto(`/mail/${accountId}/message/${missing}`);
    expect(answer?.status(), missing).toBe(404);
    await expect(page.getByRole("heading", { level: 1, name: "There is nothing here." })).toBeVisible();
  }
});

test("back from a message stands the page of the list one came from", async ({ page, newReader }) => {
  const { accountId } = await newReader({ messages: 130 });
  await page.goto(`/mail/${accountId}/inbox`);
  await page.getByRole("link", { name: "Older", exact: true }).click();
  await expect(page.getByText(/^51–/)).toBeVisible();
  const address = page.url();
  await page.getByRole("list", { name: "Messages" }).getByRole("link").nth(3).click();
  await expect(page.getByRole("article")).toBeVisible();
  await page.getByRole("link", { name: "Back to the list" }).click();
  await expect(page.getByText(/^51–/)).toBeVisible();
  expect(page.url()).toBe(address);
});

/** How long a page takes from its address to standing there in full, frame included, in ms. */
async function timeToRead(page: Page, path: string, words: string): Promise<number> {
  const start = performance.now();
  await page.goto(path);
  const inFrame = page.getByTitle("Message body");
  await expect(page.getByRole("article")).toBeVisible();
  const place = (await inFrame.count()) > 0 ? frameOf(page) : page.getByRole("article");
  await expect(place.getByText(words).first()).toBeVisible();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return performance.now() - start;
}

test("a text of 700,000 letters without a break is read as soon as any other, and can be had in full", async ({
  page,
  context,
  newPerson,
  google,
  newReader,
}) => {
  test.setTimeout(600_000);
  const person = await newPerson();
  const run = "x".repeat(700_000);
  const scattered = "<b>x</b>y".repeat(80_000);
  const longName = "n".repeat(3_000);
  const deliver = (message: Parameters<typeof google.deliver>[1]) => google.deliver(person.email, message);
  const ordinary = await deliver({ subject: "Short", text: "Words at the start." });
  const plain = await deliver({
    subject: `Long ${longName}`,
    from: `"${longName}" <n@example.org>`,
    text: `Words at the start.\n\n${run}\nThe end.`,
    attachments: [{ filename: `${longName}.txt`, mimeType: "text/plain", contentBase64: "eA==" }],
  });
  const rich = await deliver({ subject: "Rich", html: `<p>Words at the start.</p><p>${run}</p>` });
  const cut = await deliver({ subject: "Cut", html: `<p>Words at the start.</p><p>${scattered}</p>` });
  const linked = await deliver({
    subject: "Linked",
    html: `<p>Words at the start.</p><a href="https://example.org/${run}">https://example.org/${run}</a>`,
  });
  const { accountId } = await newReader({ person });
  const path = (id: string) => `/mail/${accountId}/message/${id}`;
  // The least of some looks at each: whatever else the machine does only adds to a look.
  const leastTimeToRead = async (id: string) => {
    const looks: number[] = [];
    for (let look = 0; look < 4; look += 1)
      looks.push(await timeToRead(page, path(id), "Words at the start."));
    return Math.min(...looks);
  };
  const usual = await leastTimeToRead(ordinary.id);
  for (const { id } of [plain, rich, cut, linked]) {
    const took = await leastTimeToRead(id);
    expect(took / usual, "times as long as an ordinary one").toBeLessThan(40);
  }
  await page.goto(path(plain.id));
  await expect(page.getByText("Only the first 100 kB of the text are shown.")).toBeVisible();
  const answer = await context.request.get(
    (await page.getByRole("link", { name: "Show all as plain text" }).getAttribute("href")) ?? "",
  );
  expect(answer.headers()).toMatchObject({
    "content-type": "text/plain; charset=utf-8",
    "content-disposition": expect.stringMatching(/^attachment/),
    "x-content-type-options": "nosniff",
    "content-security-policy": expect.stringContaining("sandbox"),
  });
  expect(await answer.text()).toContain(`${run}\nThe end.`);
  await page.setViewportSize({ width: 390, height: 800 });
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);
});

test("while large mails are made ready, everybody else is answered", async ({
  context,
  google,
  reader: { accountId, email },
}) => {
  test.setTimeout(300_000);
  const row =
    '<table width="600"><tr><td style="padding:10px;color:#333"><p>Some text &amp; more</p></td></tr></table>\n';
  const ids: string[] = [];
  for (let count = 0; count < 10; count += 1) {
    const html = `<p>Mail ${count}</p>${row.repeat(2_000_000 / row.length)}`;
    ids.push((await google.deliver(email, { subject: `Large ${count}`, html })).id);
  }
  const health = async () => {
    const start = performance.now();
    expect((await context.request.get("/api/health/live")).status()).toBe(200);
    return performance.now() - start;
  };
  const [first = "", ...others] = ids;
  const started = performance.now();
  await context.request.get(`/mail/${accountId}/message/${first}`);
  const alone = performance.now() - started;
  let isOpening = true;
  const opening = Promise.all(
    others.map(async (id) => {
      const answer = await context.request.get(`/mail/${accountId}/message/${id}`, { timeout: 240_000 });
      expect(answer.status()).toBe(200);
    }),
  ).finally(() => {
    isOpening = false;
  });
  let longest = 0;
  while (isOpening) longest = Math.max(longest, await health());
  await opening;
  // In the thread that serves, they would have waited for all of them.
  expect(longest).toBeLessThan(Math.max(alone, 500));
});
