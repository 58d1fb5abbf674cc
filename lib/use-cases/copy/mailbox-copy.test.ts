import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import { mailListOf } from "../../domain/mail-list.ts";
import type { MessagePage } from "../../domain/message-page.ts";
import { env } from "../../env.ts";
import { GmailError } from "../../gmail/gmail-error.ts";
import { moveCopyHead } from "../../mailbox/copy-head.ts";
import { timeSlice } from "../../queue/mail-jobs.ts";
import { requestCopy } from "../../request/read-once.ts";
import { anAdmin, type Connected, connected, newPerson } from "../accounts/connected.fixture.ts";
import { readAccountFile } from "../admin/connected-accounts.ts";
import { readMessagePage } from "../lists/read-message-page.ts";
import { fillMailbox } from "../sync/fill-mailbox.ts";
import { syncMailbox } from "../sync/sync-mailbox.ts";
import { workOnMailbox } from "../sync/work-on-mailbox.ts";
import { expectInStep, fill, headOf, sync } from "./copy.fixture.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: null, env: { QUOTA_UNITS_PER_MINUTE: "10000000" } });
  await testbed.google.quota({ unitsPerUserPerMinute: 10_000_000 });
});
afterAll(() => testbed.close());
beforeEach(async () => {
  await testbed.google.clearFaults();
  await testbed.google.resetCounters();
});

const connectedWith = async (messages: number): Promise<Connected> =>
  connected(testbed.google, await newPerson(testbed.google, messages));

async function filledWith(messages: number): Promise<Connected> {
  const account = await connectedWith(messages);
  await fill(account.accountId);
  await testbed.google.resetCounters();
  return account;
}

const inStep = ({ identity, accountId }: Connected) =>
  expectInStep(testbed.google, identity.email, accountId);

const aSlice = (ms = 60_000) => timeSlice(ms, new AbortController().signal);

async function page(accountId: AccountId, slug = "inbox", cursor = ""): Promise<MessagePage> {
  const list = mailListOf(slug);
  if (!list) throw new Error(slug);
  const outcome = await readMessagePage(requestCopy(accountId), { list, query: "", cursor });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.trouble));
  return outcome.page;
}

const idsOf = ({ rows }: MessagePage) =>
  rows.map((row) => (row.kind === "message" ? row.message.id : row.id));

const callsOf = async ({ identity }: Connected) =>
  (await testbed.google.counters()).byPerson[identity.email] ?? {};

async function withDepth(depth: number, work: () => Promise<void>): Promise<void> {
  const parsed = env() as { MIRROR_DEPTH: number | null };
  parsed.MIRROR_DEPTH = depth;
  try {
    await work();
  } finally {
    parsed.MIRROR_DEPTH = null;
  }
}

describe("filling", () => {
  it("brings the whole mailbox in, spam and bin with it, and each message once", async () => {
    const account = await connectedWith(1_230);
    await fill(account.accountId);
    await inStep(account);
    expect(await headOf(account.accountId)).toMatchObject({ filledDownToMs: 0, fillToken: null });
    expect((await callsOf(account))["messages.get"]).toBe(1_230);
  });

  it("goes on where it was interrupted, at whatever point, and fetches nothing twice", async () => {
    const account = await connectedWith(1_100);
    let turns = 0;
    for (let step = await fillMailbox(account.accountId, aSlice(20)); !step.done; turns += 1) {
      if (turns % 3 === 0) await testbed.google.expirePageTokens();
      step = await fillMailbox(account.accountId, aSlice(20));
    }
    expect(turns).toBeGreaterThan(3);
    await inStep(account);
    expect((await callsOf(account))["messages.get"]).toBe(1_100);
  });

  it("meets what happens meanwhile: the copy ends as the mailbox does", async () => {
    const account = await connectedWith(900);
    const { email } = account.identity;
    const { messages } = await testbed.google.mailbox(email);
    const ids = messages.map(({ id }) => id);
    for (let round = 0; ; round += 1) {
      const step = await fillMailbox(account.accountId, aSlice(15));
      await testbed.google.deliver(email, { subject: `Meanwhile ${round}` });
      await testbed.google.deleteMessages(email, [ids[round * 7] ?? ""]);
      await testbed.google.relabel(email, [ids[round * 7 + 1] ?? ""], {
        add: ["STARRED"],
        remove: ["UNREAD"],
      });
      await testbed.google.trash(email, [ids[round * 7 + 2] ?? ""]);
      await syncMailbox(account.accountId, aSlice());
      if (step.done) break;
    }
    await sync(account.accountId);
    await inStep(account);
  });

  it("stops at MIRROR_DEPTH where that is asked for, and reads on from there live", async () => {
    const account = await connectedWith(1_700);
    await withDepth(600, () => fill(account.accountId));
    const { messages, filledAt } = await headOf(account.accountId);
    expect(messages).toBe(1_000); // Gmail lists five hundred at a time.
    expect(filledAt).not.toBeNull();
    const seen: string[] = [];
    let next: string | null = "";
    while (next !== null) {
      const read: MessagePage = await page(account.accountId, "all", next);
      seen.push(...idsOf(read));
      next = read.older;
    }
    const all = (await testbed.google.mailbox(account.identity.email)).messages;
    const shown = all.filter(({ labelIds }) => !labelIds.some((id) => ["SPAM", "TRASH"].includes(id)));
    expect(seen.toSorted()).toEqual(shown.map(({ id }) => id).toSorted());
  });
});

describe("a filling that was taken for dead", () => {
  it("moves nothing any more once another has gone on from where it was", async () => {
    const { accountId } = await filledWith(20);
    const { revision } = await headOf(accountId);
    const late = { fillToken: "a page of long ago", filledDownToMs: 1 };
    const since = { revision, fillToken: null, filledAt: null };
    expect(await moveCopyHead(database(), accountId, late, since)).toBe(false);
    expect(await headOf(accountId)).toMatchObject({ fillToken: null, filledDownToMs: 0 });
  });
});

describe("a page out of the copy", () => {
  it("costs no call and no unit, from the first to the last and back", async () => {
    const account = await filledWith(430);
    const { accountId } = account;
    const pages = [await page(accountId, "all")];
    for (let older = pages[0]?.older; older; older = pages.at(-1)?.older) {
      pages.push(await page(accountId, "all", older));
    }
    const { messages } = await testbed.google.mailbox(account.identity.email);
    const visible = messages.filter(({ labelIds }) => !labelIds.some((id) => ["SPAM", "TRASH"].includes(id)));
    const expected = visible.toSorted(
      (a, b) => b.internalDateMs - a.internalDateMs || (a.id < b.id ? 1 : -1),
    );
    expect(pages.flatMap(idsOf)).toEqual(expected.map(({ id }) => id));
    expect(pages[0]?.total).toEqual({ count: expected.length, exact: true });
    for (let at = pages.length - 1; at > 0; at -= 1) {
      const back: MessagePage = await page(accountId, "all", pages[at]?.newer ?? "none");
      expect(idsOf(back)).toEqual(idsOf(pages[at - 1] as MessagePage));
      expect(back.from).toBe(pages[at - 1]?.from);
    }
    expect(await callsOf(account)).toEqual({});
    expect((await testbed.google.counters()).quotaUnits).toBe(0);
  });

  it("is there while Google is not, and says why and as of when", async () => {
    const account = await filledWith(60);
    const { accountId } = account;
    const { rows } = await page(accountId);
    const { syncedAt } = await headOf(accountId);
    await testbed.google.fault({ kind: "5xx", email: account.identity.email });
    const { signal } = new AbortController();
    await expect(workOnMailbox({ task: "sync-mailbox", accountId }, signal)).rejects.toThrow(GmailError);
    const list = mailListOf("inbox") ?? expect.fail();
    expect(await readMessagePage(requestCopy(accountId), { list, query: "", cursor: "" })).toMatchObject({
      ok: true,
      page: { rows },
      copy: { asOf: syncedAt, trouble: { kind: "google-not-answering" } },
    });
    expect(rows.length).toBeGreaterThan(40);
  });

  it("that was read before the copy is filled is kept: the next look costs nothing", async () => {
    const account = await connectedWith(300);
    const first = await page(account.accountId, "all");
    const second = await page(account.accountId, "all", first.older ?? "none");
    await testbed.google.resetCounters();
    expect(idsOf(await page(account.accountId, "all"))).toEqual(idsOf(first));
    expect(idsOf(await page(account.accountId, "all", first.older ?? "none"))).toEqual(idsOf(second));
    expect(await callsOf(account)).toEqual({});
    await fill(account.accountId);
    await inStep(account);
    expect((await callsOf(account))["messages.get"]).toBe(200);
  });
});

describe("following", () => {
  it("works in new mail, labels, the bin, spam, deletions and drafts", async () => {
    const account = await filledWith(120);
    const { email } = account.identity;
    const ids = (await testbed.google.mailbox(email)).messages.map(({ id }) => id);
    const { id: labelId } = await testbed.google.createLabel(email, "Projects/New");
    await testbed.google.deliver(email, { subject: "New" });
    await testbed.google.deliver(email, { subject: "Junk", labelIds: ["SPAM", "UNREAD"] });
    const draft = await testbed.google.deliver(email, { subject: "Draft", labelIds: ["DRAFT"] });
    await testbed.google.relabel(email, ids.slice(0, 30), { add: [labelId, "STARRED"], remove: ["UNREAD"] });
    await testbed.google.trash(email, ids.slice(10, 20));
    await testbed.google.relabel(email, ids.slice(12, 14), { add: ["INBOX"], remove: ["TRASH"] });
    await testbed.google.deleteMessages(email, [...ids.slice(40, 45), draft.id]);
    await testbed.google.deliver(email, { subject: "Draft, further", labelIds: ["DRAFT"] });
    await sync(account.accountId);
    await inStep(account);
    await testbed.google.renameLabel(email, labelId, "Projects/Old");
    await sync(account.accountId);
    await inStep(account);
    await testbed.google.deleteLabel(email, labelId);
    await sync(account.accountId);
    await inStep(account);
  });

  it("costs one unit when nobody looks and nothing has happened", async () => {
    const account = await filledWith(10);
    await syncMailbox(account.accountId, aSlice());
    expect((await testbed.google.counters()).quotaUnits).toBe(1);
  });

  it("of a history of many pages is complete", async () => {
    const account = await filledWith(40);
    const { email } = account.identity;
    const ids = (await testbed.google.mailbox(email)).messages.map(({ id }) => id);
    for (let round = 0; round < 620; round += 1) {
      const change = round % 2 === 0 ? { add: ["STARRED"] } : { remove: ["STARRED"] };
      await testbed.google.relabel(email, [ids[(round >> 1) % 40] ?? ""], change);
    }
    await testbed.google.deliver(email, { subject: "The last word" });
    await sync(account.accountId);
    await inStep(account);
    expect((await callsOf(account))["history.list"]).toBe(2);
  });

  it("of two at once does no harm, and each message is counted once", async () => {
    const account = await filledWith(30);
    const { email } = account.identity;
    for (let round = 0; round < 5; round += 1) {
      await testbed.google.deliver(email, { subject: `Twice ${round}` });
      await Promise.all([1, 2, 3].map(() => syncMailbox(account.accountId, aSlice())));
    }
    await sync(account.accountId);
    await inStep(account);
  });
});

describe("a message that is on its way to a reader", () => {
  /** Somebody searches for it, and while its batch is slow, `happen` happens and is worked in. */
  async function meanwhile(account: Connected, happen: (id: string) => Promise<unknown>): Promise<void> {
    const { email } = account.identity;
    const { id } = await testbed.google.deliver(email, { subject: "Zeppelin" });
    // The answer is made at once, and takes its time to arrive.
    await testbed.google.settings({ batchMs: 700 });
    const list = mailListOf("all");
    if (!list) throw new Error("There is all mail.");
    const searching = readMessagePage(requestCopy(account.accountId), {
      list,
      query: "subject:zeppelin",
      cursor: "",
    });
    const lists = async () => (await callsOf(account))["messages.list"] ?? 0;
    await expect.poll(lists, { interval: 20 }).toBe(1);
    await expect.poll(async () => (await callsOf(account))["messages.get"] ?? 0, { interval: 20 }).toBe(1);
    await testbed.google.settings({ batchMs: 10 });
    await happen(id);
    await sync(account.accountId);
    await searching;
  }

  it("and deleted before it arrives does not come back", async () => {
    const account = await filledWith(20);
    await meanwhile(account, (id) => testbed.google.deleteMessages(account.identity.email, [id]));
    await inStep(account);
  });

  it("and relabelled before it arrives has the labels of now", async () => {
    const account = await filledWith(20);
    await meanwhile(account, (id) =>
      testbed.google.relabel(account.identity.email, [id], { add: ["STARRED"], remove: ["INBOX"] }),
    );
    await inStep(account);
  });
});

describe("a history that has expired", () => {
  it("is replaced by a full synchronization that asks for no message again", async () => {
    const account = await filledWith(700);
    const { email } = account.identity;
    const ids = (await testbed.google.mailbox(email)).messages.map(({ id }) => id);
    await testbed.google.deleteMessages(email, ids.slice(100, 140));
    await testbed.google.relabel(email, ids.slice(200, 260), {
      add: ["STARRED", "IMPORTANT"],
      remove: ["INBOX"],
    });
    await testbed.google.deliver(email, { subject: "While the history expired" });
    await testbed.google.expireHistory(email);
    await sync(account.accountId);
    await inStep(account);
    expect((await callsOf(account))["messages.get"]).toBe(1);
  });

  it("never shows a page emptier than before, however long the listing takes", async () => {
    const account = await filledWith(600);
    const { accountId } = account;
    const { email } = account.identity;
    const ids = (await testbed.google.mailbox(email)).messages.map(({ id }) => id);
    await testbed.google.relabel(email, ids.slice(0, 5), { add: ["STARRED"] });
    await testbed.google.expireHistory(email);
    const before = await page(accountId);
    let seen = before.rows.length;
    for (
      let step = await syncMailbox(accountId, aSlice(1));
      !step.done;
      step = await syncMailbox(accountId, aSlice(1))
    ) {
      const { rows, total } = await page(accountId);
      expect(rows.length).toBeGreaterThanOrEqual(seen);
      expect(total?.count).toBeGreaterThanOrEqual(before.total?.count ?? 0);
      seen = rows.length;
    }
    await sync(accountId);
    await inStep(account);
  });

  it("loses nothing that came meanwhile, however much that is and whatever MIRROR_DEPTH says", async () => {
    const account = await connectedWith(520);
    const { accountId, identity } = account;
    await withDepth(500, async () => {
      await fill(accountId);
      const come = new Set<string>();
      const now = Date.now();
      for (let round = 0; round < 11; round += 1) {
        const delivered = await Promise.all(
          Array.from({ length: 50 }, (_, of) =>
            // Many in one second, each with a moment of its own.
            testbed.google.deliver(identity.email, { dateMs: now + 50 * round + of }),
          ),
        );
        for (const { id } of delivered) come.add(id);
      }
      await testbed.google.expireHistory(identity.email);
      while (!(await syncMailbox(accountId, aSlice())).done);
      const seen = new Set<string>();
      for (let next: string | null = ""; next !== null && seen.size < come.size; ) {
        const read: MessagePage = await page(accountId, "inbox", next);
        for (const id of idsOf(read)) seen.add(id);
        next = read.older;
      }
      expect([...come].filter((id) => !seen.has(id))).toEqual([]);
      await fill(accountId);
      const kept = await database().copiedMessage.count({
        where: { accountId, messageId: { in: [...come] } },
      });
      expect(kept).toBe(come.size);
    });
  });

  it("in the middle of a filling, with changes on every side, ends in step", async () => {
    const account = await connectedWith(800);
    const { email } = account.identity;
    await fillMailbox(account.accountId, aSlice(60));
    await testbed.google.expireHistory(email);
    const ids = (await testbed.google.mailbox(email)).messages.map(({ id }) => id);
    for (let round = 0; round < 12; round += 1) {
      await syncMailbox(account.accountId, aSlice(1));
      await fillMailbox(account.accountId, aSlice(10));
      await testbed.google.deleteMessages(email, [ids[round * 3] ?? ""]);
      await testbed.google.relabel(email, [ids[round * 3 + 1] ?? ""], { add: ["TRASH"], remove: ["INBOX"] });
      await testbed.google.deliver(email, { subject: `Round ${round}` });
    }
    await sync(account.accountId);
    await inStep(account);
  });
});

describe("messages that Gmail names and never gives", () => {
  const failures = ({ accountId }: Connected) =>
    database().failedMessage.findMany({ where: { accountId }, orderBy: { messageId: "asc" } });

  /** Their next try is due at once. */
  const due = ({ accountId }: Connected) =>
    database().failedMessage.updateMany({ where: { accountId }, data: { nextAt: new Date(0) } });

  const deliverSome = async ({ identity }: Connected, count: number): Promise<string[]> => {
    const delivered = [];
    for (let at = 0; at < count; at += 1)
      delivered.push((await testbed.google.deliver(identity.email, { subject: `Poison ${at}` })).id);
    return delivered.toSorted();
  };

  const breakAs = async (how: "500" | "malformed" | "missing" | "hanging", ids: readonly string[]) =>
    how === "500"
      ? testbed.google.settings({ unreadable: [...ids], broken: {} })
      : testbed.google.settings({ unreadable: [], broken: Object.fromEntries(ids.map((id) => [id, how])) });

  afterEach(() => testbed.google.settings({ unreadable: [], broken: {} }));

  it.each([
    ["500", 2],
    ["500", 40],
    ["malformed", 2],
    ["missing", 2],
    ["hanging", 1],
  ] as const)(
    "by %s, %i of them, hold up nothing in a filling, and come when Gmail gives them",
    async (how, count) => {
      const account = await connectedWith(40);
      const ids = await deliverSome(account, count);
      await breakAs(how, ids);
      await fill(account.accountId);
      const { messages, filledDownToMs } = await headOf(account.accountId);
      const failed = await failures(account);
      // A batch that hangs is asked for one by one: on a busy machine another may be late, and comes with the next try.
      expect({ filledDownToMs, all: messages + failed.length }).toEqual({
        filledDownToMs: 0,
        all: 40 + count,
      });
      expect(failed.map(({ messageId }) => messageId)).toEqual(expect.arrayContaining(ids));
      expect(failed.every(({ tries }) => tries === 1)).toBe(true);
      await breakAs("500", []);
      for (let turn = 0; turn < 2; turn += 1) {
        await due(account);
        await sync(account.accountId);
      }
      await inStep(account);
      expect(await failures(account)).toEqual([]);
    },
    60_000,
  );

  it.each([
    ["500", 2],
    ["malformed", 2],
    ["missing", 2],
    ["hanging", 1],
  ] as const)(
    "by %s, %i new ones, hold up no label, no star and no deletion beside them",
    async (how, count) => {
      const account = await filledWith(30);
      const { email } = account.identity;
      const [first = "", second = "", third = ""] = (await testbed.google.mailbox(email)).messages.map(
        ({ id }) => id,
      );
      const ids = await deliverSome(account, count);
      await breakAs(how, ids);
      await testbed.google.relabel(email, [first], { add: ["STARRED"] });
      await testbed.google.relabel(email, [second], { remove: ["INBOX"] });
      await testbed.google.deleteMessages(email, [third]);
      await sync(account.accountId);
      const { messages, trouble } = await headOf(account.accountId);
      expect({ messages, trouble }).toEqual({ messages: 29, trouble: null });
      const kept = await database().copiedMessage.findUniqueOrThrow({
        where: { accountId_messageId: { accountId: account.accountId, messageId: first } },
      });
      expect(kept.labelIds).toContain("STARRED");
      await breakAs("500", []);
      await due(account);
      await sync(account.accountId);
      await inStep(account);
    },
    60_000,
  );

  it("are each counted by their own tries, at growing distances, while nothing else is in the batch", async () => {
    const account = await filledWith(12);
    const ids = await deliverSome(account, 2);
    await breakAs("500", ids);
    await sync(account.accountId);
    const distances: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      const [one] = await failures(account);
      distances.push(Math.round(((one?.nextAt.getTime() ?? 0) - (one?.lastAt.getTime() ?? 0)) / 1000));
      await due(account);
      await sync(account.accountId);
    }
    expect(distances).toEqual([5, 20, 80, 320, 1280]);
    expect((await failures(account)).map(({ tries }) => tries)).toEqual([6, 6]);
    expect((await readAccountFile(anAdmin, account.accountId))?.messagesAside).toBe(2);
    const { dueAt } = await database().copyHead.findUniqueOrThrow({
      where: { accountId: account.accountId },
    });
    expect(dueAt.getTime()).toBeGreaterThan(Date.now());
  }, 60_000);

  it("count for nothing while Gmail gives no message at all", async () => {
    const account = await filledWith(12);
    const { email } = account.identity;
    await deliverSome(account, 2);
    await testbed.google.fault({ kind: "5xx", target: "batch", email });
    await expect(syncMailbox(account.accountId, aSlice())).rejects.toThrow(GmailError);
    const all = (await testbed.google.mailbox(email)).messages.map(({ id }) => id);
    await testbed.google.clearFaults(email);
    await testbed.google.settings({ unreadable: all });
    await expect(syncMailbox(account.accountId, aSlice())).rejects.toThrow(GmailError);
    expect(await failures(account)).toEqual([]);
    await testbed.google.settings({ unreadable: [] });
    await sync(account.accountId);
    await inStep(account);
  }, 60_000);

  it("and are deleted are forgotten", async () => {
    const account = await filledWith(12);
    const ids = await deliverSome(account, 2);
    await breakAs("500", ids);
    await sync(account.accountId);
    await testbed.google.deleteMessages(account.identity.email, ids);
    await sync(account.accountId);
    expect(await failures(account)).toEqual([]);
    await inStep(account);
  });

  it("and one that comes under another's id, is not taken for it", async () => {
    const account = await connectedWith(3);
    const [wrong] = await deliverSome(account, 1);
    await breakAs("malformed", [wrong ?? ""]);
    await fill(account.accountId);
    expect((await failures(account)).map(({ cause }) => cause)).toEqual(["malformed-answer"]);
  });
});
