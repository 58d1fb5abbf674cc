import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import { asMessageId } from "../../domain/ids.ts";
import type { MessageId } from "../../domain/mail.ts";
import { NotReadError } from "../../message/worker/not-read-error.ts";
import { type Connected, connected } from "../accounts/connected.fixture.ts";
import { disconnectAccount } from "../accounts/disconnect-account.ts";
import { readAttachment } from "./read-attachment.ts";
import { orTrouble, readMessage } from "./read-message.ts";
import { readMessageFrame } from "./read-message-frame.ts";
import { readRawMessage } from "./read-raw-message.ts";

const framed = {
  part: null,
  images: "",
  quotedText: "Quoted",
  colors: "adapted",
  linkNote: () => "",
} as const;

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());
beforeEach(() => testbed.google.clearFaults());

const never = () => new AbortController().signal;
const notFound = { ok: false, trouble: "not-found" };

async function deliver(account: Connected, letter: Parameters<Testbed["google"]["deliver"]>[1] = {}) {
  return (await testbed.google.deliver(account.identity.email, letter)).id as MessageId;
}

const fetchesOf = async ({ identity: { email } }: Connected) =>
  (await testbed.google.counters()).byPerson[email]?.["messages.get"] ?? 0;

test("a message is read in full", async () => {
  const account = await connected(testbed.google);
  const id = await deliver(account, {
    subject: "Lunch?",
    text: "At noon.\n\nMaya",
    from: "Maya <maya@example.org>",
  });
  const outcome = await readMessage(account.accountId, id);
  expect(outcome).toMatchObject({
    ok: true,
    content: {
      id,
      subject: "Lunch?",
      from: { name: "Maya", address: "maya@example.org" },
      body: { kind: "text" },
    },
  });
  expect(JSON.stringify(outcome)).toContain("At noon.");
});

describe("there is nothing at", () => {
  it("an id that no message has", async () => {
    const { accountId } = await connected(testbed.google);
    expect(await readMessage(accountId, "18f0000000000000" as MessageId)).toEqual(notFound);
    expect(await readMessage(accountId, "x" as MessageId)).toEqual(notFound);
    expect(await readRawMessage(accountId, "18f0000000000000" as MessageId, "UTC", never())).toEqual(
      notFound,
    );
  });

  it("the id of somebody else's message, though it is at hand for them", async () => {
    const [mine, other] = [await connected(testbed.google), await connected(testbed.google)];
    const id = await deliver(other, { subject: "Not yours" });
    expect(await readMessage(other.accountId, id)).toMatchObject({ ok: true });
    expect(await readMessage(mine.accountId, id)).toEqual(notFound);
    expect(await readRawMessage(mine.accountId, id, "UTC", never())).toEqual(notFound);
    expect(await readAttachment(mine.accountId, id, "root", never())).toEqual(notFound);
  });

  it("the id of a message that was deleted", async () => {
    const account = await connected(testbed.google);
    const id = await deliver(account);
    await testbed.google.deleteMessages(account.identity.email, [id]);
    expect(await readMessage(account.accountId, id)).toEqual(notFound);
  });

  it("what can be no id at all", () => {
    for (const text of ["", ".", "..", "a/b", "a b", "a?b", "a%2fb", "x".repeat(65), "ä"]) {
      expect(asMessageId(text)).toBeNull();
    }
    expect(asMessageId("18f0a_b-C")).toBe("18f0a_b-C");
  });
});

const bytesOf = (bytes: AsyncIterable<Uint8Array>) => buffer(bytes);

describe("an attachment", () => {
  const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
  const withAttachments = (account: Connected) =>
    deliver(account, {
      attachments: [
        { filename: "dot.png", mimeType: "image/png", contentBase64: png.toString("base64") },
        {
          filename: "page.svg",
          mimeType: "image/svg+xml",
          contentBase64: Buffer.from("<svg/>").toString("base64"),
        },
      ],
    });

  it("comes byte by byte; a picture is one, and SVG, which may hold scripts, is none", async () => {
    const account = await connected(testbed.google);
    const id = await withAttachments(account);
    const message = await readMessage(account.accountId, id);
    if (!message.ok) throw new Error("not served");
    const [dot, page] = message.content.attachments;
    const picture = await readAttachment(account.accountId, id, dot?.partId ?? "", never());
    expect(picture).toMatchObject({ ok: true, content: { filename: "dot.png", shownType: "image/png" } });
    if (picture.ok) expect(await bytesOf(picture.content.bytes)).toEqual(png);
    const svg = await readAttachment(account.accountId, id, page?.partId ?? "", never());
    expect(svg).toMatchObject({ ok: true, content: { filename: "page.svg", shownType: null } });
  });

  it.each(["99", "0.7", "", "__proto__", "root"])(
    "at a part that is none (%j) is not found",
    async (partId) => {
      const account = await connected(testbed.google);
      const id = await withAttachments(account);
      expect(await readAttachment(account.accountId, id, partId, never())).toEqual(notFound);
    },
  );

  it("that is the text itself is no attachment", async () => {
    const account = await connected(testbed.google);
    const id = await withAttachments(account);
    expect(await readAttachment(account.accountId, id, "0", never())).toEqual(notFound);
  });
});

describe("a text that Gmail keeps as an attachment", () => {
  const payload = (size: number) => ({
    partId: "",
    mimeType: "text/plain",
    filename: "",
    headers: [
      { name: "From", value: "a@b.test" },
      { name: "Subject", value: "Long" },
      { name: "Content-Type", value: "text/plain; charset=utf-8" },
    ],
    body: { size, attachmentId: "kept-apart" },
  });
  const attachments = { "kept-apart": Buffer.from("The whole long text.").toString("base64url") };

  it("is fetched", async () => {
    const account = await connected(testbed.google);
    const { email } = account.identity;
    const { id } = await testbed.google.deliverPayload(email, payload(20), { attachments });
    const outcome = await readMessage(account.accountId, id as MessageId);
    expect(outcome).toMatchObject({ ok: true, content: { problems: [] } });
    expect(JSON.stringify(outcome)).toContain("The whole long text.");
  });

  it("is said to be too large when it is", async () => {
    const account = await connected(testbed.google);
    const { email } = account.identity;
    const { id } = await testbed.google.deliverPayload(email, payload(6_000_000), { attachments });
    const outcome = await readMessage(account.accountId, id as MessageId);
    if (!outcome.ok) throw new Error("not served");
    expect(outcome.content.problems.map(({ code }) => code)).toContain("body-not-loaded");
    const counters = await testbed.google.counters();
    expect(counters.byPerson[email]?.["messages.attachments.get"] ?? 0).toBe(0);
  });
});

test("an HTML body is a document for its frame, with the inline images' own addresses", async () => {
  const account = await connected(testbed.google);
  const id = await deliver(account, {
    html: '<p>Hello</p><script>alert(1)</script><img src="cid:logo@x">',
    attachments: [
      { filename: "logo.png", mimeType: "image/png", contentBase64: "iVBORw0KGgo=", contentId: "logo@x" },
    ],
  });
  const outcome = await readMessageFrame(account.accountId, id, framed, never());
  if (!outcome.ok) throw new Error("not served");
  expect(outcome.content).toContain("<p>Hello</p>");
  expect(outcome.content).not.toContain("alert(1)");
  expect(outcome.content).toContain(`/mail/${account.accountId}/message/${id}/attachment/`);
  const plain = await deliver(account);
  expect(await readMessageFrame(account.accountId, plain, framed, never())).toEqual(notFound);
});

describe("a message that is at hand from a moment ago", () => {
  it("is not fetched again", async () => {
    const account = await connected(testbed.google);
    const id = await deliver(account);
    await Promise.all([readMessage(account.accountId, id), readMessage(account.accountId, id)]);
    await readMessage(account.accountId, id);
    expect(await fetchesOf(account)).toBe(1);
  });

  it.each(["SUSPENDED", "NEEDS_CONSENT"] as const)(
    "is not given out once the account is %s",
    async (state) => {
      const account = await connected(testbed.google);
      const { accountId } = account;
      const id = await deliver(account);
      expect(await readMessage(accountId, id)).toMatchObject({ ok: true });
      const cause = state === "SUSPENDED" ? "admin" : "policy";
      await database().account.update({ where: { id: accountId }, data: { state, cause } });
      const blocked = { ok: false, trouble: { kind: "account", status: { state, cause } } };
      expect(await readMessage(accountId, id)).toEqual(blocked);
      expect(await readRawMessage(accountId, id, "UTC", never())).toEqual(blocked);
      expect(await readMessageFrame(accountId, id, framed, never())).toEqual(blocked);
      expect(await readAttachment(accountId, id, "0", never())).toEqual(blocked);
    },
  );

  it("is not given out once the account is destroyed", async () => {
    const account = await connected(testbed.google);
    const id = await deliver(account);
    await readMessage(account.accountId, id);
    await disconnectAccount(account.user, account.accountId);
    expect(await readMessage(account.accountId, id)).toMatchObject({
      ok: false,
      trouble: { kind: "account" },
    });
  });

  it("was not there when Google failed: the next reader asks for themselves", async () => {
    const account = await connected(testbed.google);
    const id = await deliver(account);
    const { email } = account.identity;
    await testbed.google.fault({ kind: "403", reason: "domainPolicy", email });
    expect(await readMessage(account.accountId, id)).toEqual({
      ok: false,
      trouble: { kind: "domain-policy" },
    });
    await testbed.google.clearFaults(email);
    expect(await readMessage(account.accountId, id)).toMatchObject({ ok: true });
  });
});

test("Google down is trouble, and no message that is missing", async () => {
  const account = await connected(testbed.google);
  const id = await deliver(account);
  await testbed.google.fault({ kind: "5xx", target: "gmail", email: account.identity.email });
  const outcome = await readMessage(account.accountId, id);
  expect(outcome).toEqual({ ok: false, trouble: { kind: "google-not-answering" } });
});

test("a message that comes without any payload is not one: Google's trouble is told", async () => {
  const account = await connected(testbed.google);
  const { id } = await testbed.google.deliverPayload(account.identity.email, null);
  const outcome = await readMessage(account.accountId, id as MessageId);
  expect(outcome).toEqual({ ok: false, trouble: { kind: "google-not-answering" } });
});

test("a malformed payload is a message with problems, not an error", async () => {
  const account = await connected(testbed.google);
  for (const payload of [{}, { headers: "none" }, { mimeType: 7, body: null, parts: "x" }]) {
    const { id } = await testbed.google.deliverPayload(account.identity.email, payload);
    const outcome = await readMessage(account.accountId, id as MessageId);
    expect(outcome).toMatchObject({ ok: true, content: { id, body: { kind: "none" } } });
    expect(outcome.ok && outcome.content.problems.length).toBeGreaterThan(0);
  }
});

test("what cannot be read in reasonable time is not there, and no error of ours", async () => {
  const account = await connected(testbed.google);
  const reading = () => Promise.reject(new NotReadError("a message was not read: too long"));
  expect(await orTrouble(account.accountId, reading)).toEqual(notFound);
});
