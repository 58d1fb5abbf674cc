import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import { mailListOf } from "../../domain/mail-list.ts";
import { GmailError } from "../../gmail/gmail-error.ts";
import { timeSlice } from "../../queue/mail-jobs.ts";
import { requestCopy } from "../../request/read-once.ts";
import { type Connected, connected, newPerson } from "../accounts/connected.fixture.ts";
import { copyOf, expectInStep, fill, headOf, sync } from "../copy/copy.fixture.ts";
import { readMessagePage } from "../lists/read-message-page.ts";
import { syncMailbox } from "./sync-mailbox.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: null, env: { QUOTA_UNITS_PER_MINUTE: "10000000" } });
  await testbed.google.quota({ unitsPerUserPerMinute: 10_000_000 });
});
afterAll(() => testbed.close());
beforeEach(() => testbed.google.clearFaults());

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

const callsOf = async ({ identity }: Connected) =>
  (await testbed.google.counters()).byPerson[identity.email] ?? {};

const turn = ({ accountId }: Connected, ms = 60_000) =>
  syncMailbox(accountId, timeSlice(ms, new AbortController().signal));

/** Somebody looks at the account's mail. */
const isRead = ({ accountId }: Connected) =>
  database().account.update({ where: { id: accountId }, data: { lastReadAt: new Date() } });

const labelsAreOld = ({ accountId }: Connected) =>
  database().copyHead.update({ where: { accountId }, data: { labelsAt: null } });

const idsAt = async ({ identity }: Connected) =>
  (await testbed.google.mailbox(identity.email)).messages
    .toReversed()
    .map(({ id }) => ({ id, threadId: id }));

const system = ["INBOX", "SPAM", "TRASH", "UNREAD", "STARRED", "SENT", "DRAFT"].map((id) => ({
  id,
  name: id,
  type: "system",
}));

describe("a list of labels", () => {
  it.each<[string, unknown]>([
    ["is empty", {}],
    ["holds none", { labels: [] }],
    ["lacks the inbox", { labels: system.slice(1) }],
    ["is no list", { labels: { INBOX: {} } }],
    ["has a label without a name", { labels: [...system, { id: "Label_1", name: null, type: "user" }] }],
    ["has a label twice", { labels: [...system, ...system] }],
  ])("that %s is not taken", async (_, body) => {
    const account = await filledWith(23);
    const { email } = account.identity;
    await labelsAreOld(account);
    await testbed.google.fault({ kind: "odd", body, method: "labels.list", email });
    await expect(turn(account)).rejects.toThrow(GmailError);
    await testbed.google.clearFaults(email);
    await inStep(account);
    await sync(account.accountId);
    await inStep(account);
  });

  it("that lacks a person's label takes it from no message while Gmail knows it", async () => {
    const account = await filledWith(23);
    const { email } = account.identity;
    const { id } = await testbed.google.createLabel(email, "Mine");
    const [first] = await idsAt(account);
    await testbed.google.relabel(email, [first?.id ?? ""], { add: [id] });
    await sync(account.accountId);
    const { labels } = await testbed.google.mailbox(email);
    const shorter = labels.filter((label) => label.id !== id).map((label) => ({ ...label, type: "system" }));
    await labelsAreOld(account);
    await testbed.google.fault({
      kind: "odd",
      body: { labels: shorter },
      method: "labels.list",
      email,
      count: 1,
    });
    await turn(account);
    await sync(account.accountId);
    await inStep(account);
    await testbed.google.deleteLabel(email, id);
    await sync(account.accountId);
    await inStep(account);
  });
});

describe("a list of messages that is shorter than Gmail's count", () => {
  const someList = async (account: Connected): Promise<[string, object][]> => [
    ["an empty one", {}],
    ["its first page alone", { messages: (await idsAt(account)).slice(0, 500) }],
  ];

  it("takes nothing from the copy when history has expired, and nothing is fetched anew", async () => {
    const account = await filledWith(620);
    const { email } = account.identity;
    for (const [, body] of await someList(account)) {
      await testbed.google.expireHistory(email);
      await database().copyHead.update({ where: { accountId: account.accountId }, data: { relistAt: null } });
      await testbed.google.fault({ kind: "odd", body, method: "messages.list", email, count: 1 });
      await sync(account.accountId);
      await inStep(account);
    }
    expect((await callsOf(account))["messages.get"] ?? 0).toBe(0);
  });

  it("of one label takes that label from no message", async () => {
    const account = await filledWith(60);
    const { email } = account.identity;
    await testbed.google.expireHistory(email);
    const lists = (await testbed.google.mailbox(email)).labels.length + 1;
    // Begin; then one list a turn, and each label's list is empty once.
    await turn(account, 1);
    for (let list = 0; list < 2 * lists; list += 1) {
      if (list % 2 === 1)
        await testbed.google.fault({ kind: "odd", body: {}, method: "messages.list", email, count: 1 });
      await turn(account, 1);
    }
    await testbed.google.clearFaults(email);
    await sync(account.accountId);
    await inStep(account);
  });

  it("is asked for at growing distances while it stays so, and the copy stays as it was", async () => {
    const account = await filledWith(60);
    const { email } = account.identity;
    const before = await copyOf(account.accountId);
    await testbed.google.expireHistory(email);
    await testbed.google.fault({ kind: "odd", body: {}, method: "messages.list", email });
    const wait = async () => {
      const step = await turn(account, 1);
      return step.done ? 0 : step.waitMs;
    };
    await expect.poll(wait, { timeout: 20_000, interval: 10 }).toBeGreaterThan(5_000);
    expect((await callsOf(account))["messages.list"]).toBeLessThan(10);
    expect(await copyOf(account.accountId)).toEqual(before);
  });

  it("is not believed when the count is odd as well", async () => {
    const account = await filledWith(60);
    const { email } = account.identity;
    const { historyId } = await testbed.google.mailbox(email);
    await testbed.google.expireHistory(email);
    const profile = {
      emailAddress: email,
      messagesTotal: 0,
      threadsTotal: 0,
      historyId: `${Number(historyId) + 1}`,
    };
    await testbed.google.fault({ kind: "odd", body: profile, method: "getProfile", email });
    await testbed.google.fault({ kind: "odd", body: {}, method: "messages.list", email });
    for (let round = 0; round < 30; round += 1) await turn(account, 1);
    expect((await copyOf(account.accountId)).length).toBe(60);
    await testbed.google.clearFaults(email);
    await sync(account.accountId);
    await inStep(account);
  });

  it("is not where the filling ends", async () => {
    const account = await connectedWith(620);
    const { email } = account.identity;
    for (const [, body] of await someList(account)) {
      await testbed.google.fault({ kind: "odd", body, method: "messages.list", email, count: 1 });
      await fill(account.accountId);
      await inStep(account);
      await database().copyHead.update({ where: { accountId: account.accountId }, data: { filledAt: null } });
    }
  });

  it.each(["inbox", "all"])(
    "is not all there is on a first page (%s), nor on the next look at it",
    async (slug) => {
      const account = await connectedWith(23);
      const { accountId, identity } = account;
      const list = mailListOf(slug);
      if (!list) throw new Error(slug);
      const { email } = identity;
      await testbed.google.fault({ kind: "odd", body: {}, method: "messages.list", email, count: 1 });
      const odd = await readMessagePage(requestCopy(accountId), { list, query: "", cursor: "" });
      expect(odd.ok && odd.page.total?.exact).toBeFalsy();
      const next = await readMessagePage(requestCopy(accountId), { list, query: "", cursor: "" });
      if (!next.ok) throw new Error(JSON.stringify(next.trouble));
      expect(next.page.rows.length).toBeGreaterThan(0);
    },
  );

  it("leads nowhere when its pages lead in a circle", async () => {
    const account = await connectedWith(520);
    const { email } = account.identity;
    const body = { messages: (await idsAt(account)).slice(0, 100), nextPageToken: "the same" };
    await testbed.google.fault({ kind: "odd", body, method: "messages.list", email, count: 4 });
    await fill(account.accountId);
    await inStep(account);
    await testbed.google.expireHistory(email);
    await testbed.google.fault({ kind: "odd", body, method: "messages.list", email, count: 4 });
    await sync(account.accountId);
    await inStep(account);
  });
});

describe("a history that Gmail does not tell", () => {
  const refused = (email: string) =>
    testbed.google.fault({ kind: "error", status: 404, reason: "notFound", method: "history.list", email });

  it("since where the mailbox stands is no reason to list it: they are in step", async () => {
    const account = await filledWith(12);
    await isRead(account);
    await refused(account.identity.email);
    const before = (await headOf(account.accountId)).syncedAt;
    for (let look = 0; look < 20; look += 1) expect(await turn(account)).toEqual({ done: true });
    expect((await callsOf(account))["messages.list"] ?? 0).toBe(0);
    expect((await headOf(account.accountId)).syncedAt.getTime()).toBeGreaterThan(before.getTime());
  });

  it("for long costs few full synchronizations, whoever reads, and new mail comes all the same", async () => {
    const account = await filledWith(40);
    const { email } = account.identity;
    await refused(email);
    for (let look = 0; look < 15; look += 1) {
      await isRead(account);
      await testbed.google.deliver(email, { subject: `News ${look}` });
      await sync(account.accountId);
      expect((await headOf(account.accountId)).messages).toBe(41 + look);
    }
    const { relistings, relistAt } = await headOf(account.accountId);
    expect(relistings).toBe(1);
    expect(relistAt?.getTime()).toBeGreaterThan(Date.now() + 60_000);
    await testbed.google.clearFaults(email);
    await sync(account.accountId);
    await inStep(account);
  });

  it("keeps a growing distance between full synchronizations, until it was told for an hour", async () => {
    const account = await filledWith(5);
    const { accountId, identity } = account;
    const minutes: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      await testbed.google.expireHistory(identity.email);
      await database().copyHead.update({ where: { accountId }, data: { relistAt: new Date() } });
      await sync(accountId);
      const { relistAt } = await headOf(accountId);
      minutes.push(Math.round(((relistAt?.getTime() ?? 0) - Date.now()) / 60_000));
    }
    expect(minutes).toEqual([2, 6, 18]);
    await database().copyHead.update({
      where: { accountId },
      data: { relistAt: new Date(Date.now() - 4_000_000) },
    });
    await testbed.google.deliver(identity.email, { subject: "Told" });
    await sync(accountId);
    expect((await headOf(accountId)).relistings).toBe(0);
  });

  it("but from before the copy does not lead the copy back", async () => {
    const account = await filledWith(20);
    const { email } = account.identity;
    const { historyId } = await headOf(account.accountId);
    await isRead(account);
    await testbed.google.fault({
      kind: "odd",
      body: { historyId: "1" },
      method: "history.list",
      email,
      count: 1,
    });
    await turn(account);
    expect((await headOf(account.accountId)).historyId).toBe(historyId);
    await testbed.google.deliver(email, { subject: "On" });
    await sync(account.accountId);
    await inStep(account);
  });

  it("since the mailbox was set back is replaced by what the mailbox holds", async () => {
    const account = await filledWith(20);
    const { accountId, identity } = account;
    // The copy has seen a mailbox that stood further.
    await database().copyHead.update({ where: { accountId }, data: { historyId: 9_000_000_000n } });
    await database().copiedMessage.updateMany({
      where: { accountId },
      data: { historyId: 8_000_000_000n },
    });
    const [first, second] = await idsAt(account);
    await testbed.google.deleteMessages(identity.email, [first?.id ?? ""]);
    await testbed.google.relabel(identity.email, [second?.id ?? ""], {
      add: ["STARRED"],
      remove: ["UNREAD"],
    });
    await sync(accountId);
    await inStep(account);
  });

  it("rightly is not worked in by halves", async () => {
    const account = await filledWith(10);
    const { email } = account.identity;
    const { historyId } = await headOf(account.accountId);
    await testbed.google.deliver(email, { subject: "Whole" });
    const now = `${Number(historyId) + 500}`;
    for (const body of [
      {},
      { historyId: now, history: {} },
      { historyId: now, history: [null] },
      { historyId: now, history: [{ id: now, messagesAdded: [{}] }] },
      { historyId: now, history: [], nextPageToken: 7 },
    ]) {
      await testbed.google.fault({ kind: "odd", body, method: "history.list", email });
      await expect(turn(account)).rejects.toThrow(GmailError);
      await testbed.google.clearFaults(email);
    }
    expect((await headOf(account.accountId)).historyId).toBe(historyId);
    await sync(account.accountId);
    await inStep(account);
  });

  it("on a second page, whose token has expired, is told from its beginning once more", async () => {
    const account = await filledWith(10);
    const { email } = account.identity;
    const [first] = await idsAt(account);
    for (let round = 0; round < 505; round += 1)
      await testbed.google.relabel(
        email,
        [first?.id ?? ""],
        round % 2 === 0 ? { add: ["STARRED"] } : { remove: ["STARRED"] },
      );
    const { historyId } = await headOf(account.accountId);
    const body = { historyId, history: [], nextPageToken: "expired" };
    await testbed.google.fault({ kind: "odd", body, method: "history.list", email, count: 1 });
    await sync(account.accountId);
    await inStep(account);
  });
});
