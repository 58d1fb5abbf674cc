import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import { mailListOf } from "../../domain/mail-list.ts";
import { requestCopy } from "../../request/read-once.ts";
import { type Connected, connected, newPerson } from "../accounts/connected.fixture.ts";
import { readMessagePage } from "../lists/read-message-page.ts";
import { workOnMailbox } from "../sync/work-on-mailbox.ts";
import { expectInStep, fill, sync } from "./copy.fixture.ts";
import { openCopyToRead } from "./open-copy.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: null });
});
afterAll(() => testbed.close());

async function filled(): Promise<Connected> {
  const account = await connected(testbed.google, await newPerson(testbed.google, 30));
  await fill(account.accountId);
  return account;
}

async function rows({ accountId }: Connected, query = "") {
  const list = mailListOf("all");
  if (!list) throw new Error("There is all mail.");
  const outcome = await readMessagePage(requestCopy(accountId), { list, query, cursor: "" });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.trouble));
  return outcome.page.rows;
}

const idsOf = async (account: Connected) =>
  (await rows(account)).map((row) => (row.kind === "message" ? row.message.id : row.id));

/** What is kept of these messages was altered. */
const damage = ({ accountId }: Connected, ids: readonly string[]) =>
  database().copiedMessage.updateMany({
    where: { accountId, messageId: { in: [...ids] } },
    data: { metadataSealed: new Uint8Array(64) },
  });

const job = (task: "sync-mailbox" | "show-rows", { accountId }: Connected) =>
  workOnMailbox({ task, accountId }, new AbortController().signal);

describe("rows that do not open", () => {
  it("are said in their places, counted, and fetched anew before anything else", async () => {
    const account = await filled();
    const { accountId } = account;
    const ids = await idsOf(account);
    const damaged = [ids[0] ?? "", ids[7] ?? ""];
    await damage(account, damaged);
    const shown = await rows(account);
    expect(shown.map((row) => (row.kind === "message" ? row.message.id : row.id))).toEqual(ids);
    expect(shown.filter(({ kind }) => kind === "awaited")).toEqual(
      damaged.map((id) => ({ kind: "awaited", id })),
    );
    const counted = await database().failedMessage.findMany({ where: { accountId } });
    expect(counted.map(({ cause }) => cause)).toEqual(["does-not-open", "does-not-open"]);
    await job("show-rows", account);
    expect((await rows(account)).every(({ kind }) => kind === "message")).toBe(true);
    expect(await idsOf(account)).toEqual(ids);
    expect(await database().failedMessage.count({ where: { accountId } })).toBe(0);
    await expectInStep(testbed.google, account.identity.email, accountId);
  });

  it("and that Gmail does not give either are asked for when their time has come, not at every look", async () => {
    const account = await filled();
    const { accountId } = account;
    const [id = ""] = await idsOf(account);
    await damage(account, [id]);
    await rows(account);
    await testbed.google.settings({ unreadable: [id] });
    onTestFinished(() => testbed.google.settings({ unreadable: [] }).then(() => {}));
    await job("show-rows", account);
    const wanted = () => database().wantedMessage.count({ where: { accountId } });
    expect((await rows(account))[0]).toEqual({ kind: "withheld", id });
    expect(await wanted()).toBe(0);
    await database().failedMessage.updateMany({ where: { accountId }, data: { nextAt: new Date(0) } });
    await rows(account);
    expect(await wanted()).toBe(1);
  });

  it("in what a search finds are so, too, and following mends them without a reader", async () => {
    const account = await filled();
    const { accountId } = account;
    const [id = ""] = await idsOf(account);
    await damage(account, [id]);
    expect(await rows(account, "in:anywhere")).toContainEqual({ kind: "awaited", id });
    await database().failedMessage.updateMany({ where: { accountId }, data: { nextAt: new Date(0) } });
    await job("sync-mailbox", account);
    expect((await rows(account)).every(({ kind }) => kind === "message")).toBe(true);
  });

  it("of labels leave the others where they are, and are described anew", async () => {
    const account = await filled();
    const { accountId, identity } = account;
    const { id } = await testbed.google.createLabel(identity.email, "Mine");
    await sync(accountId);
    await database().copiedLabel.update({
      where: { accountId_labelId: { accountId, labelId: id } },
      data: { labelSealed: new Uint8Array(64) },
    });
    const { labels } = await openCopyToRead(accountId);
    expect(labels.find((label) => label.id === id)?.label).toBeNull();
    expect(labels.find((label) => label.id === "INBOX")?.label).not.toBeNull();
    await sync(accountId);
    await expectInStep(testbed.google, identity.email, accountId);
  });
});
