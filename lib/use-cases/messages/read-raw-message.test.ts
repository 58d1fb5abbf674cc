import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import type { MessageId } from "../../domain/mail.ts";
import { type Connected, connected } from "../accounts/connected.fixture.ts";
import { readRawMessage } from "./read-raw-message.ts";

let testbed: Testbed;
let account: Connected;
beforeAll(async () => {
  testbed = await startTestbed();
  account = await connected(testbed.google);
});
afterAll(() => testbed.close());

async function download(source: Buffer | string) {
  const { email } = account.identity;
  const { id } = await testbed.google.deliverRfc822(email, source);
  const outcome = await readRawMessage(
    account.accountId,
    id as MessageId,
    "Asia/Jakarta",
    new AbortController().signal,
  );
  if (!outcome.ok) throw new Error("not served");
  return { filename: outcome.content.filename, bytes: await buffer(outcome.content.bytes) };
}

const nameOf = async (headers: string) => (await download(`${headers}\r\n\r\nText\r\n`)).filename;

it("gives every byte as it came: 8 bits, NUL, bare LF and CR, long lines, no last line end", async () => {
  const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const sources = [
    Buffer.concat([Buffer.from("Subject: Bytes\r\n\r\n"), every, every.reverse()]),
    Buffer.from("From: a@b.example\nSubject: Bare\n\nline\rline\nline\r\n.\r\n..\r\n\0\0end"),
    Buffer.from(`Subject: Long\r\n\r\n${"x".repeat(300_000)}\r\n${"long line ".repeat(50_000)}`),
    Buffer.from(`X-Long: ${"y".repeat(200_000)}\r\nSubject: Late\r\n\r\n\r\n`),
    Buffer.from("Subject: Only headers"),
    Buffer.from([0xef, 0xbb, 0xbf, 0x53, 0x3a, 0x0a, 0x0a, 0xff, 0xfe]),
  ];
  for (const source of sources) {
    expect((await download(source)).bytes.equals(source), source.subarray(0, 40).toString("latin1")).toBe(
      true,
    );
  }
});

it("is named after its day, on the reader's calendar, and its subject in any script", async () => {
  const late = "Date: Sat, 21 Nov 2026 20:00:00 +0000";
  expect(await nameOf(`${late}\r\nSubject: The pond`)).toBe("2026-11-22 The pond.eml");
  expect(await nameOf("Subject: =?utf-8?B?4Liq4Lin4Lix4Liq4LiU4Li1?=")).toBe("สวัสดี.eml");
  expect(await nameOf(`${late}\r\nX: 1`)).toBe("2026-11-22.eml");
  expect(await nameOf("X: 1")).toBe("message.eml");
});

it("has a name that no file system minds, and that hides nothing", async () => {
  expect(await nameOf('Subject: ../../a\\b: "c" <d>|e?')).toBe("_.._a_b_ _c_ _d__e_.eml");
  expect(await nameOf("Subject: invoice\u202Efdp\u0000.exe")).toBe("invoicefdp .exe.eml");
  const long = await nameOf(`Subject: ${"ที่อยู่".repeat(100)}`);
  expect(Buffer.byteLength(long)).toBeLessThanOrEqual(204);
  expect(long).toMatch(/^(?:ที่อยู่)+(?:ที่|ที่อ|ที่อยู่)?\.eml$/u);
  expect(await nameOf("Subject: Caf\udce9")).toMatch(/^Caf.+\.eml$/u);
});

it("costs one call", async () => {
  const calls = async () =>
    (await testbed.google.counters()).byPerson[account.identity.email]?.["messages.get"] ?? 0;
  const before = await calls();
  await download("Subject: Once\r\n\r\nText");
  expect((await calls()) - before).toBe(1);
});
