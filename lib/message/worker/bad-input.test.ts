import { describe, expect, it } from "vitest";
import type { MessagePart } from "../../domain/mail.ts";
import { messageFrom, part } from "../fixtures/gmail-payload.ts";
import { readWithoutBlocking } from "./reading-pool.ts";

const base = await messageFrom("");
const html = (text: string) => part({ mimeType: "text/html", text });
const many = (count: number, make: (at: number) => Partial<MessagePart> & { text?: string }) =>
  part({
    mimeType: "multipart/mixed",
    parts: Array.from({ length: count }, (_, at) => part({ partId: String(at), ...make(at) })),
  });

function nested(count: number): MessagePart {
  let inner = part({ text: "The innermost." });
  for (let level = 0; level < count; level += 1)
    inner = part({ mimeType: "multipart/mixed", parts: [inner] });
  return inner;
}

const row =
  '<table width="600" style="border-collapse:collapse"><tr><td align="center" style="padding:10px;color:#333"><p style="margin:0">Some text &amp; more</p></td></tr></table>\n';

/** Of the thread that serves everybody, in ms of its own time; the promise is 50, the margin is for a busy machine. */
const mostHereMs = 150;

describe("bad input keeps nobody waiting, and is shown or clearly clipped:", () => {
  it.each([
    ["10 MB of HTML", html(row.repeat(10_000_000 / row.length)), ["too-large"]],
    ["a table of 5,000 rows", html(`<table>${"<tr><td>a<td>b<td>c</tr>".repeat(5_000)}</table>`), []],
    ["5,000 boxes in each other", html(`${"<div>".repeat(5_000)}x`), ["too-deep"]],
    ["2,000 texts", many(2_000, (at) => ({ text: `Part ${at}` })), []],
    ["2,000 texts of HTML", many(2_000, () => ({ mimeType: "text/html", text: "<p>Part</p>" })), []],
    ["2,000 files", many(2_000, (at) => ({ mimeType: "image/png", filename: `${at}.png` })), ["no-body"]],
    [
      "2,000 messages",
      many(2_000, (at) => ({ mimeType: "message/rfc822", parts: [part({ text: `${at}` })] })),
      [],
    ],
    ["120 multiparts in each other", nested(120), ["too-deep"]],
    [
      "10 MB of text",
      part({ text: "A line with https://example.org/ in it.\n".repeat(250_000) }),
      ["too-large"],
    ],
    ["700,000 letters without a space", html(`<td>${"字".repeat(700_000)}</td>`), ["too-large"]],
  ])("%s", async (_what, payload, codes) => {
    // Whatever a thread needs to begin has been paid for.
    await readWithoutBlocking({ message: { ...base, payload: html(row.repeat(200)) }, loaded: new Map() });
    const before = process.threadCpuUsage();
    const read = await readWithoutBlocking({ message: { ...base, payload }, loaded: new Map() });
    const { user, system } = process.threadCpuUsage(before);
    expect(read.problems.map(({ code }) => code)).toEqual(codes);
    expect((user + system) / 1_000).toBeLessThan(mostHereMs);
  });
});
