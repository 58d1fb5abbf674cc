import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const listOf = (page: Page) => page.getByRole("region", { name: "Attachments" });
const base64 = (content: string | Buffer) => Buffer.from(content).toString("base64");

async function saved(page: Page, click: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const waiting = page.waitForEvent("download");
  await click();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test("attachments are saved with their bytes under names in any script, one by one and all in one file", async ({
  page,
  newReader,
}) => {
  const thai = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7) % 256));
  const { accountId, messageId } = await newReader({
    mail: [
      {
        subject: "Two papers",
        attachments: [
          {
            filename: "รายงาน ปี 2569.bin",
            mimeType: "application/octet-stream",
            contentBase64: base64(thai),
          },
          { filename: "notes.md", mimeType: "text/markdown", contentBase64: base64("# Notes") },
        ],
      },
    ],
  });
  await page.goto(`/mail/${accountId}/message/${messageId}`);
  await expect(listOf(page).getByRole("heading", { name: "2 attachments" })).toBeVisible();
  const one = await saved(page, () => listOf(page).getByRole("link", { name: "รายงาน ปี 2569.bin" }).click());
  expect(one.name).toBe("รายงาน ปี 2569.bin");
  expect(one.bytes.equals(thai)).toBe(true);
  const all = await saved(page, () =>
    listOf(page).getByRole("link", { name: "Download all (300 kB)" }).click(),
  );
  expect(all.name).toBe("Two papers.zip");
  expect(all.bytes.includes(thai)).toBe(true);
  expect(all.bytes.includes("# Notes")).toBe(true);
});

test("a stretch of an attachment is served, and what is none is said to be", async ({
  context,
  newReader,
}) => {
  const { accountId, messageId } = await newReader({
    mail: [
      {
        subject: "Sound",
        attachments: [
          { filename: "a.bin", mimeType: "application/octet-stream", contentBase64: base64("0123456789") },
        ],
      },
    ],
  });
  const path = `/mail/${accountId}/message/${messageId}/attachment/1`;
  const ask = (headers: Record<string, string>) => context.request.get(path, { headers });
  const part = await ask({ range: "bytes=3-5" });
  expect([part.status(), await part.text()]).toEqual([206, "345"]);
  expect(part.headers()).toMatchObject({
    "content-range": "bytes 3-5/10",
    "content-length": "3",
    "accept-ranges": "bytes",
    "content-security-policy": expect.stringContaining("sandbox"),
  });
  const beyond = await ask({ range: "bytes=10-" });
  expect([beyond.status(), beyond.headers()["content-range"]]).toEqual([416, "bytes */10"]);
  const etag = part.headers().etag ?? "";
  expect((await ask({ range: "bytes=3-5", "if-range": etag })).status()).toBe(206);
  expect((await ask({ range: "bytes=3-5", "if-range": '"another"' })).status()).toBe(200);
  const head = await context.request.head(path);
  expect([head.status(), head.headers()["content-length"], (await head.body()).length]).toEqual([
    200,
    "10",
    0,
  ]);
});

test("a name that deceives is shown as it was written, and what it names is said", async ({
  page,
  newReader,
}) => {
  const { accountId, messageId } = await newReader({
    mail: [
      {
        subject: "Invoices",
        attachments: [
          { filename: "invoice\u202efdp.exe", mimeType: "application/pdf", contentBase64: base64("MZ") },
          { filename: "../../report.pdf", mimeType: "application/pdf", contentBase64: base64("%PDF-") },
          { filename: `${"n".repeat(500)}.pdf`, mimeType: "application/pdf", contentBase64: base64("%PDF-") },
        ],
      },
    ],
  });
  await page.goto(`/mail/${accountId}/message/${messageId}`);
  const file = (place: number) => listOf(page).getByRole("listitem").nth(place);
  await expect(file(0)).toContainText("The sender named it: invoiceU+202Efdp.exe");
  await expect(file(0)).toContainText("A program.");
  await expect(file(1)).toContainText("The sender named it: ../../report.pdf");
  await expect(file(2)).toContainText("Its name is too long, and was cut.");
  const { name } = await saved(page, () => file(0).getByRole("link").click());
  expect(name).toBe("invoicefdp.exe");
  await page.setViewportSize({ width: 390, height: 800 });
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);
});

test("pictures are shown small where their bytes are pictures, whatever they are called", async ({
  context,
  page,
  newReader,
}) => {
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  const { accountId, messageId } = await newReader({
    mail: [
      {
        subject: "Pictures",
        attachments: [
          { filename: "dot.png", mimeType: "image/png", contentBase64: base64(png) },
          { filename: "page.png", mimeType: "image/png", contentBase64: base64("<script>alert(1)</script>") },
          { filename: "sign.svg", mimeType: "image/svg+xml", contentBase64: base64("<svg/>") },
        ],
      },
    ],
  });
  await page.goto(`/mail/${accountId}/message/${messageId}`);
  const file = (place: number) => listOf(page).getByRole("listitem").nth(place);
  const width = () =>
    file(0)
      .locator("img")
      .evaluate((image: HTMLImageElement) => image.naturalWidth);
  await expect.poll(width).toBe(1);
  await expect(file(2).locator("img")).toHaveCount(0);
  const served = await context.request.get(
    (await file(1)
      .getByRole("link", { name: /^Download/ })
      .getAttribute("href")) ?? "",
  );
  expect(served.headers()).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": expect.stringMatching(/^attachment/),
  });
});
