import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import type { MessageId } from "../../domain/mail.ts";
import { type Connected, connected } from "../accounts/connected.fixture.ts";
import { readAttachment } from "./read-attachment.ts";
import { zipAttachments } from "./zip-attachments.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());
beforeEach(() => testbed.google.clearFaults());

const never = () => new AbortController().signal;
const words = {
  unnamed: "attachments",
  missingFile: "missing.txt",
  missing: (names: string) => `Gone:\n${names}`,
};
const file = (filename: string, content: string) => ({
  filename,
  mimeType: "application/octet-stream",
  contentBase64: Buffer.from(content).toString("base64"),
});

async function deliver(account: Connected, ...attachments: ReturnType<typeof file>[]) {
  const letter = { subject: "Papers: ../all", attachments };
  return (await testbed.google.deliver(account.identity.email, letter)).id as MessageId;
}

const failing = {
  kind: "error",
  status: 400,
  reason: "invalidArgument",
  method: "messages.attachments.get",
} as const;
const callsOf = async ({ identity: { email } }: Connected, method: string) =>
  (await testbed.google.counters()).byPerson[email]?.[method] ?? 0;

/** Names and contents of a file whose entries are stored. @see APPNOTE.TXT §4.3 */
function unzipped(zip: Buffer): [string, string][] {
  const end = zip.lastIndexOf("PK\u0005\u0006");
  const files: [string, string][] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [size, nameLength, local] = [
      zip.readUInt32LE(at + 24),
      zip.readUInt16LE(at + 28),
      zip.readUInt32LE(at + 42),
    ];
    const isUtf8 = (zip.readUInt16LE(at + 8) & 0x800) !== 0;
    const name = zip.subarray(at + 46, at + 46 + nameLength).toString(isUtf8 ? "utf8" : "latin1");
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    files.push([name, zip.subarray(from, from + size).toString()]);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

async function zipOf({ accountId }: Connected, id: MessageId) {
  const outcome = await zipAttachments(accountId, id, words, never());
  if (!outcome.ok) throw new Error("not served");
  return { name: outcome.content.filename, files: unzipped(await buffer(outcome.content.bytes)) };
}

describe("all attachments in one file", () => {
  it("have their bytes, their names in any script, and numbers where two are alike", async () => {
    const account = await connected(testbed.google);
    const id = await deliver(account, file("a.txt", "one"), file("A.txt", "three"), file("รายงาน.txt", "สี่"));
    expect(await zipOf(account, id)).toEqual({
      name: "Papers_ .._all.zip",
      files: [
        ["a.txt", "one"],
        ["A (2).txt", "three"],
        ["รายงาน.txt", "สี่"],
      ],
    });
  });

  it("that do not come are named in a text, and the others are there", async () => {
    const account = await connected(testbed.google);
    const id = await deliver(account, file("a.txt", "one"), file("b.txt", "two"));
    await testbed.google.fault({ ...failing, email: account.identity.email, count: 2 });
    expect((await zipOf(account, id)).files).toEqual([
      ["b.txt", "two"],
      ["missing.txt", "Gone:\na.txt"],
    ]);
  });

  it("are asked for one after the other, as they are taken, and no more once the reader has left", async () => {
    const account = await connected(testbed.google);
    const id = await deliver(account, ...Array.from({ length: 6 }, (_, at) => file(`${at}.txt`, `${at}`)));
    const leaving = new AbortController();
    const outcome = await zipAttachments(account.accountId, id, words, leaving.signal);
    if (!outcome.ok) throw new Error("not served");
    const reader = outcome.content.bytes.getReader();
    await reader.read();
    leaving.abort();
    await reader.cancel();
    expect(await callsOf(account, "messages.attachments.get")).toBeLessThan(3);
  });

  it("of a message that has none are nothing", async () => {
    const account = await connected(testbed.google);
    const outcome = await zipAttachments(account.accountId, await deliver(account), words, never());
    expect(outcome).toEqual({ ok: false, trouble: "not-found" });
  });
});

describe("an attachment whose id has expired", () => {
  it("is asked for anew, once", async () => {
    const account = await connected(testbed.google);
    const id = await deliver(account, file("a.txt", "one"));
    await testbed.google.fault({ ...failing, email: account.identity.email, count: 1 });
    const outcome = await readAttachment(account.accountId, id, "1", never());
    if (!outcome.ok) throw new Error("not served");
    expect((await buffer(outcome.content.bytes)).toString()).toBe("one");
    expect(outcome.content.sizeBytes).toBe(3);
    expect(await callsOf(account, "messages.get")).toBe(2);
  });

  it("and that Gmail does not know anew either is not found", async () => {
    const account = await connected(testbed.google);
    const id = await deliver(account, file("a.txt", "one"));
    await testbed.google.fault({ ...failing, email: account.identity.email });
    expect(await readAttachment(account.accountId, id, "1", never())).toEqual({
      ok: false,
      trouble: "not-found",
    });
    expect(await callsOf(account, "messages.get")).toBe(2);
  });
});
