import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import type { MessageId } from "../../domain/mail.ts";
import { mailListOf } from "../../domain/mail-list.ts";
import { requestCopy } from "../../request/read-once.ts";
import { type Connected, connected, newPerson } from "../accounts/connected.fixture.ts";
import { fill, sync } from "../copy/copy.fixture.ts";
import { readPlaceInList } from "./place-in-list.ts";
import { type Conversation, readConversation, type Unfolded } from "./read-conversation.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: null });
});
afterAll(() => testbed.close());

const startMs = Date.UTC(2026, 10, 20);

interface Thread extends Connected {
  readonly ids: readonly MessageId[];
}

/** Somebody with one thread of so many read messages, a minute apart, in their copy; and one other message between them. */
async function withThread(messages: number, more: { labelIds?: string[] } = {}): Promise<Thread> {
  const account = await connected(testbed.google, await newPerson(testbed.google, 0));
  const { email } = account.identity;
  const ids: MessageId[] = [];
  for (let place = 0; place < messages; place += 1) {
    const { id } = await testbed.google.deliver(email, {
      ...(ids[0] && { threadId: ids[0] }),
      subject: "The pond",
      text: `Text number ${place}`,
      dateMs: startMs + place * 60_000,
      labelIds: more.labelIds ?? ["INBOX"],
    });
    ids.push(id as MessageId);
  }
  await testbed.google.deliver(email, { subject: "Other", dateMs: startMs + 30_000, labelIds: ["INBOX"] });
  await fill(account.accountId);
  return { ...account, ids };
}

async function read(
  { accountId }: Connected,
  id: MessageId | undefined,
  unfolded: Unfolded = [],
): Promise<Conversation> {
  const outcome = await readConversation(requestCopy(accountId), id as MessageId, unfolded);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.trouble));
  return outcome.conversation;
}

const idsOf = ({ messages }: Conversation) => messages.map(({ summary }) => summary.id);
const openIn = ({ messages }: Conversation) =>
  messages.flatMap(({ summary, isOpen }) => (isOpen ? [summary.id] : []));

async function textsOf({ messages }: Conversation): Promise<string[]> {
  const contents = await Promise.all(messages.flatMap(({ content }) => content ?? []));
  return contents.map((outcome) => {
    if (!outcome.ok || outcome.content.body.kind !== "text") return "none";
    const [block] = outcome.content.body.blocks;
    return block?.kind === "text" ? block.runs.map(({ text }) => text).join("") : "none";
  });
}

const callsOf = async ({ identity }: Connected) =>
  (await testbed.google.counters()).byPerson[identity.email] ?? {};

describe("a conversation", () => {
  it("is the thread, oldest first, with the newest open, and the one asked for", async () => {
    const person = await withThread(6);
    const shown = await read(person, person.ids[2]);
    expect(idsOf(shown)).toEqual(person.ids);
    expect(openIn(shown)).toEqual([person.ids[2], person.ids[5]]);
    expect(await textsOf(shown)).toEqual(["Text number 2", "Text number 5"]);
  });

  it("opens what is unread, and what its address names", async () => {
    const person = await withThread(6);
    await testbed.google.relabel(person.identity.email, [person.ids[1] ?? ""], { add: ["UNREAD"] });
    await sync(person.accountId);
    const [, second, third, fourth] = person.ids;
    expect(openIn(await read(person, person.ids[5], [fourth as MessageId]))).toEqual([
      second,
      fourth,
      person.ids[5],
    ]);
    expect(openIn(await read(person, third, "all"))).toEqual(person.ids);
  });

  it("asks Google for what is not kept in one batch, and for nothing the second time", async () => {
    const person = await withThread(8);
    const before = await callsOf(person);
    await textsOf(await read(person, person.ids[0], "all"));
    const { batchSizes } = await testbed.google.counters();
    expect(batchSizes.at(-1)).toBe(8);
    const after = await callsOf(person);
    expect((after["messages.get"] ?? 0) - (before["messages.get"] ?? 0)).toBe(8);
    expect(await textsOf(await read(person, person.ids[0], "all"))).toHaveLength(8);
    expect(await callsOf(person)).toEqual(after);
  });

  it("leaves out what is in the bin or in spam, and says so; from there it shows that alone", async () => {
    const person = await withThread(4);
    const [first, second, third, fourth] = person.ids;
    await testbed.google.trash(person.identity.email, [second ?? ""]);
    await testbed.google.relabel(person.identity.email, [third ?? ""], { add: ["SPAM"], remove: ["INBOX"] });
    await sync(person.accountId);
    const shown = await read(person, fourth);
    expect(idsOf(shown)).toEqual([first, fourth]);
    expect(shown.leftOut).toEqual([
      { where: "spam", count: 1, newest: third },
      { where: "bin", count: 1, newest: second },
    ]);
    expect(idsOf(await read(person, second))).toEqual([second]);
    expect(idsOf(await read(person, third))).toEqual([third]);
  });

  it("shows what the copy knows of a message that Google has no more", async () => {
    const person = await withThread(2);
    await testbed.google.deleteMessages(person.identity.email, [person.ids[1] ?? ""]);
    const { messages } = await read(person, person.ids[1]);
    expect(messages[1]?.summary.subject).toBe("The pond");
    expect(await messages[1]?.content).toEqual({ ok: false, trouble: "not-found" });
  });

  it("of a message that the copy does not know yet comes from Google", async () => {
    const account = await connected(testbed.google, await newPerson(testbed.google, 0));
    const { id } = await testbed.google.deliver(account.identity.email, { subject: "New", text: "Here" });
    const shown = await read(account, id as MessageId);
    expect(shown.messages.map(({ summary }) => summary.subject)).toEqual(["New"]);
    expect(await textsOf(shown)).toEqual(["Here"]);
  });

  it("of nobody else's is not found", async () => {
    const [person, other] = [await withThread(2), await withThread(1)];
    const outcome = await readConversation(requestCopy(other.accountId), person.ids[0] as MessageId, "all");
    expect(outcome).toEqual({ ok: false, trouble: "not-found" });
  });

  it("of a copy whose threads have no column yet is the message by itself", async () => {
    const person = await withThread(3);
    await database().copiedMessage.updateMany({
      where: { accountId: person.accountId },
      data: { threadId: null },
    });
    expect(idsOf(await read(person, person.ids[1]))).toEqual([person.ids[1]]);
  });
});

describe("the messages beside one", () => {
  it("are those of the list that it was opened from, with its place", async () => {
    const person = await withThread(3);
    const list = mailListOf("inbox");
    if (!list) throw new Error("There is an inbox.");
    const place = (id: MessageId | undefined) =>
      readPlaceInList(requestCopy(person.accountId), { list, query: "", cursor: "" }, id as MessageId);
    const [first, second, third] = person.ids;
    expect(await place(third)).toEqual({
      newer: null,
      older: second,
      position: 1,
      total: { count: 4, exact: true },
    });
    expect(await place(second)).toMatchObject({ newer: third, position: 2 });
    expect(await place(first)).toMatchObject({ older: null, position: 4 });
    await testbed.google.relabel(person.identity.email, [second ?? ""], { remove: ["INBOX"] });
    await sync(person.accountId);
    expect(await place(second)).toBeNull();
  });

  it("are those of the search's page", async () => {
    const person = await withThread(3);
    const list = mailListOf("all");
    if (!list) throw new Error("There is all mail.");
    const asked = { list, query: "subject:pond", cursor: "" };
    const [first, second, third] = person.ids;
    expect(await readPlaceInList(requestCopy(person.accountId), asked, second as MessageId)).toMatchObject({
      newer: third,
      older: first,
      position: 2,
    });
  });
});
