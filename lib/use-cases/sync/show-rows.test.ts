/** Rows that the quota of the moment does not reach: their places stay, and they come by themselves, nearest first. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import type { MailboxEvent } from "../../domain/copy-head.ts";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import { mailListOf } from "../../domain/mail-list.ts";
import type { MessagePage } from "../../domain/message-page.ts";
import { spendUnits } from "../../mailbox/quota.ts";
import { timeSlice } from "../../queue/mail-jobs.ts";
import { requestCopy } from "../../request/read-once.ts";
import { type Connected, connected, newPerson } from "../accounts/connected.fixture.ts";
import { fill, headOf } from "../copy/copy.fixture.ts";
import { QuotaPause } from "../google/quota.ts";
import { readMessagePage } from "../lists/read-message-page.ts";
import { fillMailbox } from "./fill-mailbox.ts";
import { closeMailboxEvents, listenToMailbox } from "./mailbox-events.ts";
import { showRows } from "./show-rows.ts";
import { sweepExpired } from "./sweep-expired.ts";

const limit = 6_000;

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: null, env: { QUOTA_UNITS_PER_MINUTE: String(limit) } });
  // Ours is the limit that is looked at.
  await testbed.google.quota({ on: false });
});
afterAll(async () => {
  await closeMailboxEvents();
  await testbed.close();
});
beforeEach(() => testbed.google.resetCounters());

const aSlice = () => timeSlice(10_000, new AbortController().signal);

/** Somebody with 130 messages, whose copy is begun. */
async function someone(messages = 130): Promise<Connected> {
  const account = await connected(testbed.google, await newPerson(testbed.google, messages));
  await read(account.accountId, { query: "subject:zzyzx" });
  return account;
}

async function read(
  accountId: AccountId,
  { slug = "all", query = "", cursor = "" } = {},
): Promise<MessagePage> {
  const list = mailListOf(slug);
  if (!list) throw new Error("There is no such list.");
  const outcome = await readMessagePage(requestCopy(accountId), { list, query, cursor });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.trouble));
  return outcome.page;
}

const search = (accountId: AccountId) => read(accountId, { query: "after:2001/01/01" });

const kindsOf = ({ rows }: MessagePage) => rows.map(({ kind }) => kind);
const idsOf = ({ rows }: MessagePage) =>
  rows.map((row) => (row.kind === "message" ? row.message.id : row.id));
const come = (page: MessagePage) => kindsOf(page).filter((kind) => kind === "message").length;

/** Leaves just so much of the minute. */
async function leave(accountId: AccountId, units: number): Promise<void> {
  await database().quotaWindow.deleteMany({ where: { accountId } });
  const spending = { accountId, method: "messages.get", units: limit - units, ceiling: limit };
  expect(await spendUnits(database(), spending)).toBe(0);
}

/** A minute passes. */
const aMinutePasses = (accountId: AccountId) => database().quotaWindow.deleteMany({ where: { accountId } });

const getsOf = async ({ identity }: Connected) =>
  (await testbed.google.counters()).byPerson[identity.email]?.["messages.get"] ?? 0;
const listsOf = async ({ identity }: Connected) =>
  (await testbed.google.counters()).byPerson[identity.email]?.["messages.list"] ?? 0;

describe("a page that the quota does not reach", () => {
  it.each(["a search", "a list"])(
    "has its nearest rows and its last one, and keeps the places of the rest: %s",
    async (which) => {
      const account = await someone();
      const { accountId } = account;
      await leave(accountId, 340);
      const page = which === "a search" ? await search(accountId) : await read(accountId);
      expect(page.rows).toHaveLength(50);
      const shown = come(page);
      expect(shown).toBeGreaterThanOrEqual(8);
      expect(shown).toBeLessThanOrEqual(16);
      expect(kindsOf(page)).toEqual([
        ...Array.from({ length: shown - 1 }, () => "message"),
        ...Array.from({ length: 50 - shown }, () => "awaited"),
        "message",
      ]);
      expect(page.older).not.toBeNull();
    },
  );

  it("asks Google for no message where there is room for none, and leads on and back all the same", async () => {
    const account = await someone();
    const { accountId } = account;
    const first = await read(accountId);
    await testbed.google.resetCounters();
    await leave(accountId, 60);
    const second = await read(accountId, { cursor: first.older ?? "none" });
    expect(await getsOf(account)).toBe(0);
    expect(new Set(kindsOf(second))).toEqual(new Set(["awaited"]));
    expect(second).toMatchObject({ from: 51, to: 100, startedOver: false, newer: "" });
  });

  it("is whole when the rows have come; it is told, keeps its order, and costs Google nothing more", async () => {
    const account = await someone();
    const { accountId } = account;
    await leave(accountId, 340);
    const before = await search(accountId);
    const heard: (MailboxEvent | null)[] = [];
    onTestFinished(listenToMailbox(accountId, (event) => heard.push(event)));
    // It listens from here on.
    await expect.poll(() => heard).toContain(null);
    await aMinutePasses(accountId);
    expect(await showRows(accountId, aSlice())).toEqual({ done: true });
    await expect.poll(() => heard.flatMap((event) => event?.arrived ?? []).length).toBe(50 - come(before));
    const lists = await listsOf(account);
    const after = await search(accountId);
    expect(idsOf(after)).toEqual(idsOf(before));
    expect(come(after)).toBe(50);
    expect(await listsOf(account)).toBe(lists);
    expect(await getsOf(account)).toBe(50);
    // All rows are here: whoever searches now asks Google anew.
    await search(accountId);
    expect(await listsOf(account)).toBe(lists + 1);
  });

  it("is not fetched a second time by whoever looks again while it is on its way", async () => {
    const account = await someone();
    const { accountId } = account;
    await leave(accountId, 60);
    await search(accountId);
    await aMinutePasses(accountId);
    await search(accountId);
    expect(await getsOf(account)).toBe(0);
    await showRows(accountId, aSlice());
    expect(await getsOf(account)).toBe(50);
  });

  it("loses the places of messages that are deleted meanwhile", async () => {
    const account = await someone();
    const { accountId, identity } = account;
    await leave(accountId, 60);
    const ids = idsOf(await search(accountId));
    await testbed.google.deleteMessages(identity.email, ids.slice(3, 5));
    await aMinutePasses(accountId);
    await showRows(accountId, aSlice());
    const after = await search(accountId);
    expect(idsOf(after)).toEqual(ids.filter((_, place) => place < 3 || place > 4));
    expect(come(after)).toBe(48);
  });

  it("stays as it is while Google does not answer, and says so", async () => {
    const account = await someone();
    const { accountId, identity } = account;
    await leave(accountId, 340);
    const before = await search(accountId);
    await testbed.google.fault({ kind: "5xx", target: "gmail", email: identity.email });
    expect(await search(accountId)).toEqual(before);
  });
});

describe("a page far down that the copy does not reach", () => {
  it("leads to newer pages and back, each with the rows that belong on it, though nothing is kept of them", async () => {
    const { accountId } = await someone(300);
    const pages = [await read(accountId)];
    for (const _ of [2, 3, 4]) pages.push(await read(accountId, { cursor: pages.at(-1)?.older ?? "none" }));
    await forget(accountId);
    const fourth = await read(accountId, { cursor: pages[2]?.older ?? "none" });
    expect(idsOf(fourth)).toEqual(pages.map(idsOf)[3]);
    await forget(accountId);
    const third = await read(accountId, { cursor: fourth.newer ?? "none" });
    expect(idsOf(third)).toEqual(pages.map(idsOf)[2]);
    expect(third).toMatchObject({ from: 101, to: 150, startedOver: false });
    await forget(accountId);
    const second = await read(accountId, { cursor: third.newer ?? "none" });
    expect(idsOf(second)).toEqual(pages.map(idsOf)[1]);
    expect(second).toMatchObject({ from: 51, to: 100, newer: "" });
  });

  it("is never a page without a way on, while none of its rows has come", async () => {
    const { accountId } = await someone(300);
    const first = await read(accountId);
    const second = await read(accountId, { cursor: first.older ?? "none" });
    await forget(accountId);
    await leave(accountId, 60);
    const third = await read(accountId, { cursor: second.older ?? "none" });
    expect(come(third)).toBe(0);
    await aMinutePasses(accountId);
    const back = await read(accountId, { cursor: third.newer ?? "none" });
    expect(idsOf(back)).toEqual(idsOf(second));
    expect(back).toMatchObject({ from: 51, to: 100, startedOver: false });
  });

  /** Nothing of the mailbox is here any more, and no list is whole. */
  async function forget(accountId: AccountId): Promise<void> {
    await database().messageLabel.deleteMany({ where: { accountId } });
    await database().copiedMessage.deleteMany({ where: { accountId } });
    await database().copiedLabel.updateMany({ where: { accountId }, data: { wholeDownTo: null } });
    await database().wantedMessage.deleteMany({ where: { accountId } });
    await aMinutePasses(accountId);
  }
});

describe("a message that Gmail names and does not give", () => {
  it("has a row that says so, and is there when Gmail gives it", async () => {
    const account = await someone(20);
    const { accountId, identity } = account;
    const delivered = await testbed.google.deliver(identity.email, { subject: "Held back" });
    const id = delivered.id as MessageId;
    await testbed.google.settings({ unreadable: [id] });
    onTestFinished(() => testbed.google.settings({ unreadable: [] }).then(() => {}));
    const rowOf = (page: MessagePage) => kindsOf(page)[idsOf(page).indexOf(id)];
    expect(rowOf(await search(accountId))).toBe("awaited");
    await showRows(accountId, aSlice());
    const page = await search(accountId);
    expect(rowOf(page)).toBe("withheld");
    expect(come(page)).toBe(page.rows.length - 1);
    // It is not asked for whenever somebody looks.
    await testbed.google.resetCounters();
    await search(accountId);
    expect(await getsOf(account)).toBe(0);
    await testbed.google.settings({ unreadable: [] });
    await database().failedMessage.updateMany({ where: { accountId }, data: { nextAt: new Date() } });
    await aMinutePasses(accountId);
    await fill(accountId).catch((error) => expect(error).toBeInstanceOf(QuotaPause));
    expect(rowOf(await search(accountId))).toBe("message");
  });
});

describe("rows that are waited for", () => {
  it("come nearest first: those of the page that was opened last, from its top", async () => {
    const account = await someone();
    const { accountId } = account;
    const first = await read(accountId);
    const second = await read(accountId, { cursor: first.older ?? "none" });
    const third = second.older ?? "none";
    await database().copiedMessage.deleteMany({ where: { accountId } });
    await leave(accountId, 60);
    await read(accountId, { query: "before:2100/01/01" });
    const last = await read(accountId, { cursor: third });
    await leave(accountId, 60 + 10 * 20 + 120);
    await showRows(accountId, aSlice()).catch((error) => expect(error).toBeInstanceOf(QuotaPause));
    const stored = await database().copiedMessage.findMany({ where: { accountId } });
    const ids = new Set(stored.map(({ messageId }) => messageId as MessageId));
    expect(ids.size).toBeGreaterThanOrEqual(10);
    expect(
      idsOf(last)
        .slice(0, ids.size)
        .filter((id) => !ids.has(id as MessageId)),
    ).toEqual([]);
  });

  it("go before filling: it pauses until they are here, though it would have room", async () => {
    const account = await someone(400);
    const { accountId } = account;
    await leave(accountId, 60);
    await search(accountId);
    await expect(showRows(accountId, aSlice())).rejects.toBeInstanceOf(QuotaPause);
    // Room for filling and for some of the rows; but somebody waits for them.
    await database().$executeRaw`
      UPDATE "QuotaWindow" SET units = ARRAY[1000] WHERE "accountId" = ${accountId}::uuid`;
    await testbed.google.resetCounters();
    await expect(fillMailbox(accountId, aSlice())).rejects.toBeInstanceOf(QuotaPause);
    expect(await getsOf(account)).toBe(0);
    await showRows(accountId, aSlice());
    expect(await getsOf(account)).toBe(50);
  });

  it("count for the filling, which does not fetch them again", async () => {
    const account = await someone();
    const { accountId } = account;
    await leave(accountId, 60);
    await search(accountId);
    await aMinutePasses(accountId);
    await showRows(accountId, aSlice());
    while ((await headOf(accountId)).filledAt === null) {
      await aMinutePasses(accountId);
      await fill(accountId).catch((error) => expect(error).toBeInstanceOf(QuotaPause));
    }
    expect(await getsOf(account)).toBe(130);
  });

  it("are forgotten with their account, and are waited for no longer than a page does", async () => {
    const { accountId } = await someone();
    await leave(accountId, 60);
    await search(accountId);
    await database().wantedMessage.updateMany({
      where: { accountId },
      data: { wantedAt: new Date(Date.now() - 70_000) },
    });
    await aMinutePasses(accountId);
    await testbed.google.resetCounters();
    expect(await showRows(accountId, aSlice())).toEqual({ done: true });
    expect((await testbed.google.counters()).quotaUnits).toBe(0);
    await sweepExpired();
    expect(await database().wantedMessage.count({ where: { accountId } })).toBe(0);
  });
});
