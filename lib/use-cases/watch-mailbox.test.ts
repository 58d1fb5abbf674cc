import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "#lib/db/client.ts";
import { type Connected, connected } from "./connected.fixture.ts";
import { fill, mirrorOf } from "./copy.fixture.ts";
import { turnOf } from "./mailbox-step.ts";
import { syncMailbox } from "./sync-mailbox.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: 1, env: { PUBSUB_TOPIC: "projects/ours/topics/gmail" } });
});
afterAll(() => testbed.close());

const follow = ({ accountId }: Connected) =>
  syncMailbox(accountId, turnOf(60_000, new AbortController().signal));

const watchesOf = async ({ identity }: Connected) =>
  (await testbed.google.counters()).byPerson[identity.email]?.watch ?? 0;

async function filled(): Promise<Connected> {
  const account = await connected(testbed.google);
  await fill(account.accountId);
  return account;
}

describe("a watch", () => {
  it("is asked for once, and again a day later", async () => {
    const account = await filled();
    await follow(account);
    await follow(account);
    expect(await watchesOf(account)).toBe(1);
    const { accountId } = account;
    const hoursAgo = (hours: number) => ({ watchAskedAt: new Date(Date.now() - hours * 3_600_000) });
    await database().mirror.update({ where: { accountId }, data: hoursAgo(23) });
    await follow(account);
    expect(await watchesOf(account)).toBe(1);
    await database().mirror.update({ where: { accountId }, data: hoursAgo(25) });
    await follow(account);
    expect(await watchesOf(account)).toBe(2);
  });

  it("that Gmail refuses does not hold up what the mailbox brings, and is not asked for at every turn", async () => {
    const account = await filled();
    const { email } = account.identity;
    await testbed.google.fault({ kind: "403", reason: "forbidden", method: "watch", email });
    await testbed.google.deliver(email, { subject: "All the same" });
    await follow(account);
    await follow(account);
    expect((await mirrorOf(account.accountId)).messages).toBe(2);
    expect(await watchesOf(account)).toBeLessThanOrEqual(1);
    expect((await mirrorOf(account.accountId)).watchAskedAt).not.toBeNull();
  });
});
