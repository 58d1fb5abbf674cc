import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import type { MessageId } from "../../domain/mail.ts";
import { wordsIn } from "../../i18n/words.ts";
import { NotReadError } from "../../message/worker/not-read-error.ts";
import { type Connected, connected } from "../accounts/connected.fixture.ts";
import { troubleOf } from "../google/trouble-of.ts";
import { readWholeText } from "./read-whole-text.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: null });
});
afterAll(() => testbed.close());

const textPart = (partId: string, name: string, size: number) => ({
  partId,
  mimeType: "text/plain",
  filename: "",
  headers: [{ name: "Content-Type", value: "text/plain; charset=utf-8" }],
  body: { size, attachmentId: name },
});

const payload = (...sizes: number[]) => ({
  partId: "",
  mimeType: "multipart/mixed",
  filename: "",
  headers: [
    { name: "From", value: "a@b.test" },
    { name: "Subject", value: "Long" },
    { name: "Content-Type", value: "multipart/mixed; boundary=x" },
  ],
  body: { size: 0 },
  parts: sizes.map((size, at) => textPart(String(at), `text-${at}`, size)),
});

const texts = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `text-${at}`,
      Buffer.from(`Text number ${at}.`).toString("base64url"),
    ]),
  );

const leftOut = wordsIn("en")("message.textLeftOut");

async function read(account: Connected, ...sizes: number[]) {
  const { id } = await testbed.google.deliverPayload(account.identity.email, payload(...sizes), {
    attachments: texts(sizes.length),
  });
  const outcome = await readWholeText(
    account.accountId,
    id as MessageId,
    leftOut,
    new AbortController().signal,
  );
  if (!outcome.ok) throw new Error("not served");
  return new Response(outcome.content).text();
}

test("all texts of a message stand in it", async () => {
  const text = await read(await connected(testbed.google), 20, 20);
  expect(text).toBe("Text number 0.\n\nText number 1.");
});

test("texts that are too large together are left out, and that is said", async () => {
  const account = await connected(testbed.google);
  const text = await read(account, 3_000_000, 3_000_000, 1_000_000);
  expect(text).toContain("Text number 0.");
  expect(text).not.toContain("Text number 1.");
  expect(text).toContain("Text number 2.");
  expect(text).toMatch(/A part of this message is too large to stand here\..*\]\n$/);
});

test("one that takes too long to be read, or whose reader has left, is trouble in words and no failure", async () => {
  const { accountId } = await connected(testbed.google);
  expect(await troubleOf(new NotReadError("too long"), accountId)).toEqual({ kind: "not-read" });
  const left = AbortSignal.abort().reason;
  expect(await troubleOf(left, accountId)).toEqual({ kind: "google-not-answering" });
});
