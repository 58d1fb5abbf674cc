import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import { timeSlice } from "../../queue/mail-jobs.ts";
import { connectAccount } from "../accounts/connect-account.ts";
import { type Connected, connected, exchange } from "../accounts/connected.fixture.ts";
import { fill, headOf } from "../copy/copy.fixture.ts";
import { syncMailbox } from "./sync-mailbox.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: 1, env: { PUBSUB_TOPIC: "projects/ours/topics/gmail" } });
});
afterAll(() => testbed.close());

const follow = ({ accountId }: Connected) =>
  syncMailbox(accountId, timeSlice(60_000, new AbortController().signal));

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
    await database().copyHead.update({ where: { accountId }, data: hoursAgo(23) });
    await follow(account);
    expect(await watchesOf(account)).toBe(1);
    await database().copyHead.update({ where: { accountId }, data: hoursAgo(25) });
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
    expect((await headOf(account.accountId)).messages).toBe(2);
    expect(await watchesOf(account)).toBeLessThanOrEqual(1);
    expect((await headOf(account.accountId)).watchAskedAt).not.toBeNull();
  });

  it("is asked for at once after a reconnect: notifications ended with the grant before", async () => {
    const account = await filled();
    await follow(account);
    const { identity } = account;
    await testbed.google.revokeGrant(identity.email);
    const tokens = await exchange(testbed.google, identity);
    await connectAccount({ identity, tokens, currentUserId: null, reconnecting: account.accountId });
    await follow(account);
    expect(await watchesOf(account)).toBe(2);
  });

  it("is asked for at once when PUBSUB_TOPIC is another one", async () => {
    const account = await filled();
    await follow(account);
    const { accountId } = account;
    await database().copyHead.update({
      where: { accountId },
      data: { watchTopic: "projects/ours/topics/earlier" },
    });
    await follow(account);
    expect(await watchesOf(account)).toBe(2);
    expect((await headOf(accountId)).watchTopic).toBe("projects/ours/topics/gmail");
  });

  it.each([
    ["403", { kind: "403", reason: "forbidden" }],
    ["404", { kind: "error", status: 404, reason: "notFound" }],
    ["400", { kind: "error", status: 400, reason: "failedPrecondition" }],
    ["503", { kind: "5xx" }],
  ] as const)(
    "that is refused by %s is asked for again at growing distances, and nothing waits for it",
    async (_, fault) => {
      const account = await filled();
      const { accountId, identity } = account;
      await testbed.google.fault({ ...fault, method: "watch", email: identity.email });
      for (const refusals of [1, 2, 3, 4, 5]) {
        await follow(account);
        const head = await headOf(accountId);
        expect({ refusals: head.watchRefusals, trouble: head.trouble }).toEqual({
          refusals,
          trouble: null,
        });
        const asked = (minute: number) =>
          database().copyHead.update({
            where: { accountId },
            data: { watchAskedAt: new Date(Date.now() - minute * 60_000) },
          });
        const isDueAfter = async (minute: number) => {
          await asked(minute);
          await follow(account);
          return (await headOf(accountId)).watchRefusals > refusals;
        };
        const apart = [15, 60, 240, 960, 1_440][refusals - 1] ?? 0;
        expect(await isDueAfter(apart - 1)).toBe(false);
        await asked(apart + 1);
      }
      await testbed.google.clearFaults(identity.email);
      await follow(account);
      expect(await headOf(accountId)).toMatchObject({ watchRefusals: 0 });
    },
    60_000,
  );
});
