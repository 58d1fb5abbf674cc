import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import { env } from "../../env.ts";
import { recentMessages } from "../../mailbox/recent-messages.ts";
import { type Connected, connected } from "../accounts/connected.fixture.ts";
import { fill, sync } from "../copy/copy.fixture.ts";
import { sweepExpired } from "../sync/sweep-expired.ts";
import { readMessage } from "./read-message.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: 2 });
});
afterAll(() => testbed.close());
beforeEach(() => testbed.google.resetCounters());

const text = "The words of the body, which nobody else may read.";

/** An account whose copy is whole, with one message that nobody has opened. */
async function unopened(): Promise<Connected & { readonly id: MessageId }> {
  const account = await connected(testbed.google);
  const { id } = await testbed.google.deliver(account.identity.email, { subject: "Opened", text });
  await fill(account.accountId);
  await testbed.google.resetCounters();
  return { ...account, id: id as MessageId };
}

/** As after a while, or in another process: out of what is kept, not out of memory. */
async function read(accountId: AccountId, id: MessageId) {
  recentMessages.forget(accountId);
  const outcome = await readMessage(accountId, id);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.trouble));
  return outcome.content;
}

const keptBodies = (accountId: AccountId) => database().messageBody.findMany({ where: { accountId } });

const unitsSpent = async () => (await testbed.google.counters()).quotaUnits;

describe("a message that was opened", () => {
  it("is fetched once, and reads the same out of what is kept", async () => {
    const { accountId, id } = await unopened();
    const first = await read(accountId, id);
    expect(await unitsSpent()).toBe(20);
    expect(await read(accountId, id)).toEqual(first);
    expect(JSON.stringify(first.body)).toContain(text);
    expect(await unitsSpent()).toBe(20);
  });

  it("is kept sealed, and opens in no other row", async () => {
    const [one, other] = [await unopened(), await unopened()];
    for (const { accountId, id } of [one, other]) await read(accountId, id);
    const [mine] = await keptBodies(one.accountId);
    const [theirs] = await keptBodies(other.accountId);
    expect(Buffer.from(mine?.bodySealed ?? []).includes(text)).toBe(false);
    await database().messageBody.updateMany({
      where: { accountId: one.accountId },
      data: { bodySealed: theirs?.bodySealed ?? new Uint8Array() },
    });
    await testbed.google.resetCounters();
    expect(JSON.stringify((await read(one.accountId, one.id)).body)).toContain(text);
    expect(await unitsSpent()).toBe(20);
  });

  it.each([
    [
      "sealed bytes that were changed",
      (sealed: Uint8Array) => sealed.map((byte, at) => (at === 20 ? byte ^ 1 : byte)),
    ],
    ["bytes that are cut off", (sealed: Uint8Array) => sealed.slice(0, 30)],
    ["no bytes at all", () => new Uint8Array()],
  ])("is fetched anew and kept again where what was kept does not open: %s", async (_name, harmed) => {
    const { accountId, id } = await unopened();
    const first = await read(accountId, id);
    const [kept] = await keptBodies(accountId);
    const bodySealed = new Uint8Array(harmed(new Uint8Array(kept?.bodySealed ?? [])));
    await database().messageBody.updateMany({ where: { accountId }, data: { bodySealed } });
    await testbed.google.resetCounters();
    expect(await read(accountId, id)).toEqual(first);
    expect(await unitsSpent()).toBe(20);
    expect(await read(accountId, id)).toEqual(first);
    expect(await unitsSpent()).toBe(20);
  });

  it("says why when what was kept does not open and Google does not answer", async () => {
    const { accountId, id, identity } = await unopened();
    await read(accountId, id);
    await database().messageBody.updateMany({
      where: { accountId },
      data: { bodySealed: new Uint8Array(40) },
    });
    await testbed.google.fault({ kind: "5xx", target: "gmail", email: identity.email });
    recentMessages.forget(accountId);
    expect(await readMessage(accountId, id)).toMatchObject({
      ok: false,
      trouble: { kind: "google-not-answering" },
    });
    await testbed.google.clearFaults();
  });

  it("has the labels of now", async () => {
    const { accountId, id, identity } = await unopened();
    expect((await read(accountId, id)).unread).toBe(true);
    await testbed.google.relabel(identity.email, [id], { remove: ["UNREAD"], add: ["STARRED"] });
    await sync(accountId);
    expect(await read(accountId, id)).toMatchObject({ unread: false, starred: true });
  });

  it("is read without Google, and with a dead grant, but not once the account is suspended", async () => {
    const { accountId, id, identity } = await unopened();
    await read(accountId, id);
    await testbed.google.fault({ kind: "5xx", email: identity.email });
    expect((await read(accountId, id)).subject).toBe("Opened");
    const state = (to: "NEEDS_CONSENT" | "SUSPENDED", cause: string) =>
      database().account.update({ where: { id: accountId }, data: { state: to, cause } });
    await state("NEEDS_CONSENT", "revoked-by-user");
    expect((await read(accountId, id)).subject).toBe("Opened");
    await state("SUSPENDED", "admin");
    await expect(read(accountId, id)).rejects.toThrow("SUSPENDED");
    await testbed.google.clearFaults(identity.email);
  });

  it("is gone with its message", async () => {
    const { accountId, id, identity } = await unopened();
    await read(accountId, id);
    await testbed.google.deleteMessages(identity.email, [id]);
    await sync(accountId);
    expect(await keptBodies(accountId)).toEqual([]);
    await expect(read(accountId, id)).rejects.toThrow("not-found");
  });

  it("is forgotten after BODY_CACHE_DAYS, and not before", async () => {
    const [old, young] = [await unopened(), await unopened()];
    for (const { accountId, id } of [old, young]) await read(accountId, id);
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
    const age = ({ accountId }: Connected, days: number) =>
      database().messageBody.updateMany({ where: { accountId }, data: { storedAt: daysAgo(days) } });
    await age(old, env().BODY_CACHE_DAYS + 1);
    await age(young, env().BODY_CACHE_DAYS - 1);
    await sweepExpired();
    expect(await keptBodies(old.accountId)).toEqual([]);
    expect(await keptBodies(young.accountId)).toHaveLength(1);
  });

  it("is not kept at all where BODY_CACHE_DAYS is 0", async () => {
    const { accountId, id } = await unopened();
    const settings = env() as { BODY_CACHE_DAYS: number };
    const days = settings.BODY_CACHE_DAYS;
    settings.BODY_CACHE_DAYS = 0;
    try {
      await read(accountId, id);
    } finally {
      settings.BODY_CACHE_DAYS = days;
    }
    expect(await keptBodies(accountId)).toEqual([]);
  });
});
