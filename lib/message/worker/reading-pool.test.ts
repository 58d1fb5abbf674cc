import { describe, expect, it } from "vitest";
import type { Message } from "../../domain/mail.ts";
import { compressedData } from "../fixtures/containers.ts";
import { messageFrom, part } from "../fixtures/gmail-payload.ts";
import { textPreview } from "../preview/text-preview.ts";
import { makeReadable } from "../readable.ts";
import { NotReadError } from "./not-read-error.ts";
import { filePreviewWithoutBlocking, readWithoutBlocking, wholeTextWithoutBlocking } from "./reading-pool.ts";

const row =
  '<table width="600" style="border-collapse:collapse"><tr><td align="center" style="padding:10px;color:#333"><p style="margin:0">Some text &amp; more</p></td></tr></table>\n';
const base = await messageFrom("");
const html = (text: string): Message => ({ ...base, payload: part({ mimeType: "text/html", text }) });
const large = html(row.repeat(Math.ceil(2_000_000 / row.length)));
const none = new Map<string, Uint8Array>();

describe("a message that takes long to read", () => {
  it("reads the same in a thread as here", async () => {
    const message = html(row.repeat(600));
    expect(await readWithoutBlocking({ message, loaded: none })).toEqual(makeReadable(message));
    const text = await wholeTextWithoutBlocking({ message, loaded: none });
    expect(text.split("\n").filter((line) => line === "Some text & more")).toHaveLength(600);
  });

  it("keeps nobody waiting, several at once", { timeout: 120_000 }, async () => {
    const before = process.threadCpuUsage();
    makeReadable(large);
    const byItself = process.threadCpuUsage(before);
    const after = process.threadCpuUsage();
    const read = await Promise.all(
      Array.from({ length: 3 }, () => readWithoutBlocking({ message: large, loaded: none })),
    );
    const ofThisThread = process.threadCpuUsage(after);
    expect(read.every(({ body }) => body.kind === "html")).toBe(true);
    // Here three would have taken three times what one does.
    expect(ofThisThread.user).toBeLessThan(byItself.user);
  });

  it("keeps nobody waiting either when it comes packed into a few kilobytes", async () => {
    const bytes = compressedData(`Content-Type: text/html\r\n\r\n${row.repeat(8_000)}`);
    expect(bytes.length).toBeLessThan(12_000);
    const payload = part({ mimeType: "application/pkcs7-mime", filename: "smime.p7m", text: bytes });
    const message = { ...base, payload };
    const before = process.threadCpuUsage();
    const { body } = await readWithoutBlocking({ message, loaded: none });
    const here = process.threadCpuUsage(before);
    expect(body.kind === "html" && body.html.length).toBeGreaterThan(1_000_000);
    const after = process.threadCpuUsage();
    makeReadable(large);
    expect(here.user * 4).toBeLessThan(process.threadCpuUsage(after).user);
  });

  it("keeps nobody waiting where it is a file, whose quotes never close", async () => {
    const task = {
      bytes: Buffer.from('"a'.repeat(500_000)),
      isCut: true,
      charset: null,
      look: "table",
    } as const;
    const before = process.threadCpuUsage();
    expect(await filePreviewWithoutBlocking(task)).toMatchObject({ look: "table", isCut: true });
    const here = process.threadCpuUsage(before).user;
    const after = process.threadCpuUsage();
    expect(textPreview(task)).toMatchObject({ look: "table", isCut: true });
    expect(here * 2).toBeLessThan(process.threadCpuUsage(after).user);
  });

  it("is given up with its own error when its reader leaves or the thread fails", async () => {
    const message = { ...large, payload: null as never };
    await expect(
      readWithoutBlocking(
        { message: { ...large, snippet: "x".repeat(100_000) }, loaded: none },
        AbortSignal.abort(),
      ),
    ).rejects.toThrow();
    await expect(
      wholeTextWithoutBlocking({ message: { ...message, payload: broken() }, loaded: none }),
    ).rejects.toBeInstanceOf(NotReadError);
  });
});

/** Parts that only look like some: what reads them throws. */
function broken(): Message["payload"] {
  return { ...part({ text: "x".repeat(100_000) }), headers: [{ name: 1 as never, value: "x" }] };
}
