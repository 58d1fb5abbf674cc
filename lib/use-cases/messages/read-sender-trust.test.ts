import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import type { MessageId } from "../../domain/mail.ts";
import { type Connected, connected } from "../accounts/connected.fixture.ts";
import { fill } from "../copy/copy.fixture.ts";
import { openCopy } from "../copy/open-copy.ts";
import { readMessage } from "./read-message.ts";
import { readSenderTrust } from "./read-sender-trust.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ env: { QUOTA_UNITS_PER_MINUTE: "1000000" } });
});
afterAll(() => testbed.close());

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 27);

interface Mail {
  readonly from: string;
  readonly daysAgo: number;
  readonly labels?: string[];
  readonly top?: string;
}

async function deliver({ identity: { email } }: Connected, { from, daysAgo, labels, top = "" }: Mail) {
  const { id } = await testbed.google.deliverRfc822(email, `${top}From: ${from}\r\nSubject: x\r\n\r\nx\r\n`, {
    dateMs: now - daysAgo * dayMs,
    ...(labels && { labelIds: labels }),
  });
  return id as MessageId;
}

/** A mailbox with these messages in its copy, the last of which is asked about. */
async function mailbox(...mails: readonly [Mail, ...Mail[]]) {
  const account = await connected(testbed.google);
  const ids: MessageId[] = [];
  for (const mail of mails) ids.push(await deliver(account, mail));
  await fill(account.accountId);
  return { account, id: ids.at(-1) as MessageId };
}

async function trustIn(account: Connected, id: MessageId) {
  const outcome = await readMessage(account.accountId, id);
  if (!outcome.ok) throw new Error("The message is not there.");
  const { email, name } = account.identity;
  const owner = { address: email, name: name ?? null };
  return (await readSenderTrust(openCopy(account.accountId), owner, [outcome.content]))(outcome.content);
}

async function trust(...mails: readonly [Mail, ...Mail[]]) {
  const { account, id } = await mailbox(...mails);
  return trustIn(account, id);
}

const hendra = "Hendra Wijaya <hendra@warga.example>";
const impostor = "Hendra Wijaya <hendra@mail-warga.example>";

describe("of a sender the copy tells", () => {
  it("that they have never written before", async () => {
    expect(await trust({ from: hendra, daysAgo: 0 })).toEqual({
      warnings: [{ code: "first-message", address: "hendra@warga.example" }],
      history: { messages: 1, isMore: false, sinceMs: now },
    });
  });

  it("how often they have written, and since when, however they write their address", async () => {
    const trusted = await trust(
      { from: "HENDRA@Warga.example", daysAgo: 400 },
      { from: hendra, daysAgo: 3 },
      { from: hendra, daysAgo: 0 },
    );
    expect(trusted).toEqual({
      warnings: [],
      history: { messages: 3, isMore: false, sinceMs: now - 400 * dayMs },
    });
  });

  it("how often to a hundred, and no further", async () => {
    const mails = Array.from({ length: 102 }, (_, daysAgo) => ({ from: hendra, daysAgo }));
    const trusted = await trust({ from: hendra, daysAgo: 200 }, ...mails);
    expect(trusted?.history).toMatchObject({ messages: 100, isMore: true });
  });

  it("nothing while it is not whole, or senders cannot be found in it yet", async () => {
    const { account, id } = await mailbox({ from: hendra, daysAgo: 0 });
    const { accountId } = account;
    await database().copyHead.update({ where: { accountId }, data: { indexedAt: null } });
    expect(await trustIn(account, id)).toBeNull();
    await database().copyHead.update({
      where: { accountId },
      data: { indexedAt: new Date(), filledAt: null },
    });
    expect(await trustIn(account, id)).toBeNull();
    const halfFilled = { filledAt: new Date(), filledDownTo: BigInt(now - 10 * dayMs) };
    await database().copyHead.update({ where: { accountId }, data: halfFilled });
    expect(await trustIn(account, id)).toEqual({ warnings: [], history: null });
  });

  it("nothing of what the account sent itself", async () => {
    expect(await trust({ from: hendra, daysAgo: 0, labels: ["SENT"] })).toBeNull();
  });

  it("no history where Google could not confirm that it is them", async () => {
    const top = "Authentication-Results: mx.google.com; dmarc=fail header.from=warga.example\r\n";
    const trusted = await trust({ from: hendra, daysAgo: 9 }, { from: hendra, daysAgo: 0, top });
    expect(trusted?.history).toBeNull();
  });
});

describe("a sender is held against whom the account has mail from", () => {
  it.each([
    ["the same name", impostor],
    ["a name that looks the same", "H\u0435ndra Wijaya <x@evil.example>"],
    ["a name in another order", '"Wijaya, Hendra" <x@evil.example>'],
  ])("by %s under another domain", async (_name, from) => {
    const trusted = await trust({ from: hendra, daysAgo: 90 }, { from, daysAgo: 0 });
    expect(trusted?.warnings).toMatchObject([
      { code: "known-name", known: "hendra@warga.example", isUnconfirmed: false },
    ]);
  });

  it("by an address that is easily taken for theirs", async () => {
    const trusted = await trust(
      { from: "billing@modern.example", daysAgo: 90 },
      { from: "Billing <billing@rnodern.example>", daysAgo: 0 },
    );
    expect(trusted?.warnings).toEqual([
      { code: "known-look", address: "billing@rnodern.example", known: "billing@modern.example" },
    ]);
  });

  it("and the reader's own name is no other's", async () => {
    const account = await connected(testbed.google);
    const id = await deliver(account, { from: `${account.identity.name} <x@evil.example>`, daysAgo: 0 });
    await fill(account.accountId);
    expect((await trustIn(account, id))?.warnings).toMatchObject([
      { code: "own-name", address: "x@evil.example" },
    ]);
  });

  it("but not by another address of the same organization", async () => {
    const from = "Hendra Wijaya <hendra@mail.warga.example>";
    const trusted = await trust({ from: hendra, daysAgo: 90 }, { from, daysAgo: 0 });
    expect(trusted?.warnings).toMatchObject([{ code: "first-message" }]);
  });

  it("nor by what stands in spam or came later", async () => {
    const trusted = await trust(
      { from: hendra, daysAgo: 90, labels: ["SPAM"] },
      { from: "Hendra Wijaya <hendra@later.example>", daysAgo: 0 },
      { from: impostor, daysAgo: 1 },
    );
    expect(trusted?.warnings).toMatchObject([{ code: "first-message" }]);
  });

  it("nor once they have written for two weeks themselves", async () => {
    const mails = [20, 10, 5, 0].map((daysAgo) => ({ from: impostor, daysAgo }));
    expect((await trust({ from: hendra, daysAgo: 90 }, ...mails))?.warnings).toEqual([]);
    const hurried = [3, 2, 1, 0].map((daysAgo) => ({ from: impostor, daysAgo }));
    expect((await trust({ from: hendra, daysAgo: 90 }, ...hurried))?.warnings).toMatchObject([
      { code: "known-name" },
    ]);
  });
});
