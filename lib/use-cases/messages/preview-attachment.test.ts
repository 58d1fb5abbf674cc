import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import type { MessageId } from "../../domain/mail.ts";
import { pdfOf } from "../../message/preview/pdf.fixture.ts";
import { type Connected, connected } from "../accounts/connected.fixture.ts";
import { previewAttachment } from "./preview-attachment.ts";
import { readPdfPage } from "./read-pdf-page.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());
beforeEach(() => testbed.google.clearFaults());

const never = () => new AbortController().signal;
const file = (filename: string, content: string | Buffer, mimeType = "application/octet-stream") => ({
  filename,
  mimeType,
  contentBase64: Buffer.from(content).toString("base64"),
});

async function delivered(...attachments: ReturnType<typeof file>[]) {
  const account = await connected(testbed.google);
  const { id } = await testbed.google.deliver(account.identity.email, { attachments });
  const address = (page = 1, partName = "1") => ({
    accountId: account.accountId,
    messageId: id as MessageId,
    partName,
    page,
  });
  return { account, address };
}

const preview = async (...attachments: ReturnType<typeof file>[]) => {
  const { address } = await delivered(...attachments);
  const outcome = await previewAttachment(address(), never());
  return outcome.ok ? outcome.content.preview : outcome;
};

const callsOf = async ({ identity: { email } }: Connected) =>
  (await testbed.google.counters()).byPerson[email]?.["messages.attachments.get"] ?? 0;

describe("what a page shows of an attachment", () => {
  it.each([
    ["a.txt", "words", { look: "text", charset: "UTF-8", shownBytes: null }],
    ["a.py", "print(1)", { look: "text" }],
    [
      "a.csv",
      "a;b\n1;2",
      {
        look: "table",
        rows: [
          ["a", "b"],
          ["1", "2"],
        ],
        isCut: false,
      },
    ],
    ["a.png", "<script>", { look: null }],
    ["a.mp3", "<script>", { look: null }],
    ["a.pdf", "<script>", { look: null }],
    ["a.html", "<script>", { look: null }],
    ["a.svg", "<svg/>", { look: null }],
    ["a.txt", "\u0000\u0001", { look: null }],
    ["a.bin", "x", { look: null }],
  ])("%s with %j", async (name, content, expected) => {
    expect(await preview(file(name, content))).toMatchObject(expected);
  });

  it("is the beginning of a long text", async () => {
    const shown = await preview(file("a.log", "line\n".repeat(300_000)));
    expect(shown).toMatchObject({ look: "text", shownBytes: 1_000_000 });
    if ("runs" in shown) expect(shown.runs.map(({ text }) => text).join("")).toHaveLength(1_000_000);
  });

  it("is a page of a PDF, drawn once for the page and for its picture", async () => {
    const { account, address } = await delivered(file("a.pdf", pdfOf(2), "application/pdf"));
    expect(await previewAttachment(address(2), never())).toMatchObject({
      ok: true,
      content: { preview: { look: "pages", page: 2, pages: 2, words: "Sheet 2" } },
    });
    const picture = await readPdfPage(address(2), never());
    expect(picture.ok && Buffer.from(picture.content.png).subarray(1, 4).toString()).toBe("PNG");
    expect(await callsOf(account)).toBe(1);
    expect(await readPdfPage(address(3), never())).toEqual({ ok: false, trouble: "not-found" });
  });

  it("is nothing where there is no such part", async () => {
    const { address } = await delivered(file("a.txt", "x"));
    expect(await previewAttachment(address(1, "9"), never())).toEqual({ ok: false, trouble: "not-found" });
  });
});
