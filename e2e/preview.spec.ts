import type { Page } from "@playwright/test";
import { pdfOf } from "../lib/message/preview/pdf.fixture.ts";
import { expect, test } from "./fixtures.ts";

const base64 = (content: string | Buffer) => Buffer.from(content).toString("base64");
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A tenth of a second of silence: 8 bits, 8 kHz. @see http://soundfile.sapp.org/doc/WaveFormat/ */
function silence(): Buffer {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + 800, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(8_000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36);
  head.writeUInt32LE(800, 40);
  return Buffer.concat([head, Buffer.alloc(800, 128)]);
}

const attachments = [
  { filename: "dot.png", mimeType: "image/png", contentBase64: base64(png) },
  { filename: "page.png", mimeType: "image/png", contentBase64: base64("<script>alert(1)</script>") },
  { filename: "sums.csv", mimeType: "text/csv", contentBase64: base64("name;sum\n<b>ก</b>;1,5\n") },
  {
    filename: "run.js",
    mimeType: "text/javascript",
    contentBase64: base64("alert('</pre><script>alert(1)')\n"),
  },
  { filename: "plan.pdf", mimeType: "application/pdf", contentBase64: base64(pdfOf(2)) },
  { filename: "note.wav", mimeType: "audio/wav", contentBase64: base64(silence()) },
  { filename: "site.html", mimeType: "text/html", contentBase64: base64("<script>alert(1)</script>") },
];

const openFrom = async (page: Page, name: string) => {
  await page.getByRole("region", { name: "Attachments" }).getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
};

test("an attachment is shown on a page of its own, and back leads to its message", async ({
  page,
  newReader,
}) => {
  const { accountId, messageId } = await newReader({ mail: [{ subject: "Papers", attachments }] });
  const message = `/mail/${accountId}/message/${messageId}`;
  await page.goto(message);
  const shown = page.getByRole("main");

  await openFrom(page, "dot.png");
  const width = () => shown.getByRole("img").evaluate((image: HTMLImageElement) => image.naturalWidth);
  await expect.poll(width).toBe(1);
  await page.getByRole("link", { name: "Back to the message" }).click();
  await expect(page.getByRole("region", { name: "Attachments" })).toBeVisible();

  await openFrom(page, "sums.csv");
  await expect(shown.getByRole("columnheader")).toHaveText(["name", "sum"]);
  await expect(shown.getByRole("cell")).toHaveText(["<b>ก</b>", "1,5"]);
  await page.goto(message);

  await openFrom(page, "run.js");
  await expect(shown.getByText("alert('</pre><script>alert(1)')")).toBeVisible();
  await expect(shown.getByText("A program.")).toBeVisible();
  await page.goto(message);

  await openFrom(page, "plan.pdf");
  await expect(shown.getByText("Page 1 of 2")).toBeVisible();
  await expect.poll(width).toBe(1_400);
  await shown.getByRole("link", { name: "Next page" }).click();
  await expect(shown.getByText("Page 2 of 2")).toBeVisible();
  await shown.getByText("The words of this page").click();
  await expect(shown.getByText("Sheet 2")).toBeVisible();
  await page.getByRole("link", { name: "Back to the message" }).click();

  await openFrom(page, "note.wav");
  const length = () => shown.locator("audio").evaluate((audio: HTMLAudioElement) => audio.duration);
  await expect.poll(length).toBeCloseTo(0.1);
  await page.goto(message);

  await openFrom(page, "page.png");
  await expect(shown.getByText("This file cannot be shown here.")).toBeVisible();
  await expect(shown.getByRole("img")).toHaveCount(0);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("an attachment is shown, and the message is a link away", async ({ page, newReader }) => {
    const { accountId, messageId } = await newReader({ mail: [{ subject: "Papers", attachments }] });
    await page.goto(`/mail/${accountId}/message/${messageId}/preview/3`);
    await expect(page.getByRole("cell").first()).toHaveText("<b>ก</b>");
    await page.getByRole("link", { name: "Back to the message" }).click();
    await expect(page.getByRole("region", { name: "Attachments" })).toBeVisible();
  });
});

test("what a browser could run is never served as itself, and nobody else's attachment is", async ({
  context,
  newReader,
}) => {
  const other = await newReader({ elsewhere: true, mail: [{ subject: "Theirs", attachments }] });
  const { accountId, messageId } = await newReader({ mail: [{ subject: "Papers", attachments }] });
  const ask = (account: string, id: string, rest: string) =>
    context.request.get(`/mail/${account}/message/${id}/${rest}`);
  for (const part of ["2", "4", "5", "7"]) {
    expect((await ask(accountId, messageId, `attachment/${part}`)).headers()).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition": expect.stringMatching(/^attachment/),
      "content-security-policy": expect.stringContaining("sandbox"),
      "x-content-type-options": "nosniff",
    });
  }
  expect((await ask(accountId, messageId, "attachment/5/page/1")).headers()["content-type"]).toBe(
    "image/png",
  );
  for (const rest of ["preview/5", "attachment/5", "attachment/5/page/1", "attachments"]) {
    expect((await ask(other.accountId, other.messageId, rest)).status(), rest).toBe(404);
    expect((await ask(accountId, other.messageId, rest)).status(), rest).toBe(404);
  }
  for (const rest of ["preview/99", "attachment/5/page/3", "attachment/5/page/0", "attachment/1/page/1"])
    expect((await ask(accountId, messageId, rest)).status(), rest).toBe(404);
});
