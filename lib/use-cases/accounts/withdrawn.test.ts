/** What an admin's revocation leaves: a block, a reason for the owner, and a history that goes on. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { eventsOf } from "../../audit/audit.ts";
import { database } from "../../db/client.ts";
import { type Block, revokeAccount } from "../admin/revoke-account.ts";
import { allowReconnecting } from "./allow-reconnecting.ts";
import { connectAccount } from "./connect-account.ts";
import {
  anAdmin,
  type Connected,
  connected,
  connectedFurther,
  exchange,
  signedIn,
} from "./connected.fixture.ts";
import { readSessionOwner } from "./session-owner.ts";
import { readWithdrawal, whyEnded } from "./why-ended.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

async function connectAgain({ identity }: Connected) {
  const tokens = await exchange(testbed.google, identity);
  return connectAccount({ identity, tokens, currentUserId: null, reconnecting: null });
}

async function withdrawn(block?: Block): Promise<Connected> {
  const person = await connected(testbed.google);
  await revokeAccount(anAdmin, person.accountId, "left the company", block);
  return person;
}

describe("an account that an admin withdrew", () => {
  it("may not be connected again, by its owner or by anybody else, until an admin allows it", async () => {
    const person = await withdrawn();
    expect(await connectAgain(person)).toEqual({ connected: false, refusal: "withdrawn", accountId: null });
    const other = await connected(testbed.google);
    const { identity } = person;
    const tokens = await exchange(testbed.google, identity);
    const further = { identity, tokens, currentUserId: other.user.id, reconnecting: null };
    expect(await connectAccount(further)).toMatchObject({ refusal: "withdrawn" });
    expect(await allowReconnecting(anAdmin, person.accountId)).toBe(true);
    expect(await allowReconnecting(anAdmin, person.accountId)).toBe(false);
    expect(await connectAgain(person)).toMatchObject({ connected: true });
  });

  it("may be connected again when its time has passed", async () => {
    const { accountId, ...person } = await withdrawn("30-days");
    expect(await connectAgain({ accountId, ...person })).toMatchObject({ refusal: "withdrawn" });
    await database().tombstone.update({
      where: { accountId },
      data: { blockedUntil: new Date(Date.now() - 1000) },
    });
    expect(await connectAgain({ accountId, ...person })).toMatchObject({ connected: true });
  });

  it("is blocked by a later revocation, too, and an admin lifts all blocks of it at once", async () => {
    const person = await withdrawn("none");
    const again = await connectAgain(person);
    if (!again.connected) throw new Error(again.refusal);
    await revokeAccount(anAdmin, again.accountId, "once more");
    await database().tombstone.update({ where: { accountId: person.accountId }, data: { blocked: true } });
    expect(await connectAgain(person)).toMatchObject({ refusal: "withdrawn" });
    await allowReconnecting(anAdmin, again.accountId);
    expect(await connectAgain(person)).toMatchObject({ connected: true });
  });

  it("has a history that the next connection of it names", async () => {
    const person = await withdrawn("none");
    const again = await connectAgain(person);
    if (!again.connected) throw new Error(again.refusal);
    expect(await eventsOf(database(), again.accountId)).toMatchObject([
      { action: "account-connected", earlier: person.accountId },
    ]);
  });

  it("leaves of its owner only a hash of Google's number", async () => {
    const { accountId, identity } = await withdrawn();
    const [row] = await database().$queryRaw<{ dump: string }[]>`
      SELECT t::text AS dump FROM "Tombstone" t WHERE "accountId" = ${accountId}::uuid`;
    expect(row?.dump).toContain(accountId);
    expect(row?.dump).not.toContain(identity.sub);
    expect(row?.dump).not.toContain(identity.email);
  });
});

describe("whoever an admin withdrew", () => {
  it("is told when, why and what to do, by the browser that they were signed in with, and nobody else is", async () => {
    const person = await connected(testbed.google);
    const token = await signedIn(person);
    await revokeAccount(anAdmin, person.accountId, "left the company");
    expect(await readSessionOwner(token)).toBeNull();
    expect(await whyEnded(token)).toBe(person.accountId);
    expect(await readWithdrawal(person.accountId, { token })).toMatchObject({
      email: person.identity.email,
      reason: "left the company",
      again: { kind: "when-allowed" },
    });
    const stranger = await connected(testbed.google);
    expect(await readWithdrawal(person.accountId, { user: stranger.user })).toBeNull();
    expect(await readWithdrawal(person.accountId, { token: await signedIn(stranger) })).toBeNull();
  });

  it("is told of a further account where they are signed in", async () => {
    const owner = await connected(testbed.google);
    const further = await connectedFurther(testbed.google, owner);
    await revokeAccount(anAdmin, further.accountId, "shared mailbox", "30-days");
    expect(await readSessionOwner(await signedIn(owner))).not.toBeNull();
    expect(await readWithdrawal(further.accountId, { user: owner.user })).toMatchObject({
      reason: "shared mailbox",
      again: { kind: "from" },
    });
  });
});
