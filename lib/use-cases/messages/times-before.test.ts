import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import { recentMessages } from "../../mailbox/recent-messages.ts";
import { connected } from "../accounts/connected.fixture.ts";
import { fill } from "../copy/copy.fixture.ts";
import { readMessage } from "./read-message.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: 0 });
});
afterAll(() => testbed.close());

const invitation = (sequence: number, start: string) =>
  [
    "From: marta@example.org",
    "Subject: Invitation: Seeds",
    `Message-ID: <${sequence}@example.org>`,
    "Content-Type: text/calendar; charset=utf-8; method=REQUEST",
    "",
    "BEGIN:VCALENDAR",
    "METHOD:REQUEST",
    "BEGIN:VEVENT",
    "UID:1@example.org",
    `SEQUENCE:${sequence}`,
    `DTSTART:${start}`,
    "DURATION:PT1H",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");

async function eventOf(accountId: AccountId, id: MessageId) {
  recentMessages.forget(accountId);
  const outcome = await readMessage(accountId, id);
  const [card] = outcome.ok ? outcome.content.cards : [];
  return card?.kind === "calendar" ? card.events[0] : undefined;
}

it("an updated invitation has the time of the earlier one, once that was opened", async () => {
  const { accountId, identity } = await connected(testbed.google);
  const deliver = async (text: string, at: object) => testbed.google.deliverRfc822(identity.email, text, at);
  const first = await deliver(invitation(0, "20261126T100000Z"), { dateMs: 1_795_000_000_000 });
  const { threadId } = first;
  const second = await deliver(invitation(1, "20261126T080000Z"), { dateMs: 1_795_000_060_000, threadId });
  await fill(accountId);
  const [firstId, secondId] = [first.id as MessageId, second.id as MessageId];
  expect((await eventOf(accountId, secondId))?.was).toBeNull();
  expect((await eventOf(accountId, firstId))?.was).toBeNull();
  expect((await eventOf(accountId, secondId))?.was?.start?.ms).toBe(Date.parse("2026-11-26T10:00:00Z"));
});
