import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import type { MessageId } from "../../domain/mail.ts";
import { mailListOf } from "../../domain/mail-list.ts";
import { wordsIn } from "../../i18n/words.ts";
import { type Connected, connected } from "../accounts/connected.fixture.ts";
import { openCopyToRead } from "../copy/open-copy.ts";
import { readMessagePage } from "../lists/read-message-page.ts";
import { readMessage } from "../messages/read-message.ts";
import { printOf, readPrint } from "../messages/read-print.ts";
import { printConversation } from "./print-conversation.ts";

let testbed: Testbed;
let account: Connected;
beforeAll(async () => {
  testbed = await startTestbed();
  account = await connected(testbed.google);
});
afterAll(() => testbed.close());

const t = wordsIn("en");
const reader = () => ({
  accountId: account.accountId,
  zone: "Asia/Jakarta",
  signal: new AbortController().signal,
});

const copy = () => ({ accountId: account.accountId, copy: openCopyToRead(account.accountId) });

async function deliver(letter: Parameters<Testbed["google"]["deliver"]>[1]) {
  const { id, threadId } = await testbed.google.deliver(account.identity.email, letter);
  return { id: id as MessageId, threadId };
}

it("prints a conversation from its first message to its last, each with its head", async () => {
  const first = await deliver({
    from: "Ann <ann@example.org>",
    subject: "The pond",
    html: '<style>p{color:red}</style><p>See <a href="https://example.org/plan">the plan</a></p>',
  });
  const second = await deliver({
    from: "Bo <bo@example.org>",
    cc: "Cy <cy@example.org>",
    subject: "Re: The pond",
    text: "I have seen it.",
    threadId: first.threadId,
  });
  const list = mailListOf("inbox");
  if (!list) throw new Error("no inbox");
  await readMessagePage(copy(), { list, query: "", cursor: "" });
  const outcome = await printConversation(t, copy(), second.id, reader());
  if (!outcome.ok) throw new Error("not printed");
  const { html, policy } = outcome.content;
  const order = [
    "Ann &lt;ann@example.org&gt;",
    "the plan",
    "(https://example.org/plan)",
    "Bo &lt;bo@",
    "Cy &lt;cy@",
    "I have seen it.",
  ];
  const places = order.map((text) => html.indexOf(text));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places).not.toContain(-1);
  expect(html.match(/<article>/gu)).toHaveLength(2);
  expect(html).toMatch(/<dd>[^<]*\(GMT\+7\)<\/dd>/u);
  for (const { id } of [first, second]) expect(policy).toContain(`/message/${id}/attachment/`);
  expect(policy).toMatch(/^default-src 'none';.*; sandbox [^;]*\ballow-modals$/u);
});

it("prints one message by itself", async () => {
  const { id, threadId } = await deliver({ subject: "Alone", text: "Only this." });
  await deliver({ subject: "Re: Alone", text: "And that.", threadId });
  const outcome = await readPrint(t, id, reader());
  if (!outcome.ok) throw new Error("not printed");
  expect(outcome.content.html).toContain("Only this.");
  expect(outcome.content.html).not.toContain("And that.");
});

it("lets no picture load of a message of which only the beginning is printed", async () => {
  const { id } = await deliver({ subject: "Long ago", html: "<p>Hello</p>" });
  const read = await readMessage(account.accountId, id);
  if (!read.ok) throw new Error("not read");
  const { policy } = await printOf(t, null, [{ summary: read.content, message: null }], reader());
  expect(policy).not.toContain(id);
  const whole = await printOf(t, null, [{ summary: read.content, message: read.content }], reader());
  expect(whole.policy).toContain(id);
});
