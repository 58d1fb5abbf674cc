import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import { actionsOf, connected, connectedFurther, signedIn } from "./connected.fixture.ts";
import { disconnectAsHolder, proveHolder, provenAddress } from "./holder-proofs.ts";
import { readSessionOwner } from "./session-owner.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

async function provenHolder() {
  const owner = await connected(testbed.google);
  const further = await connectedFurther(testbed.google, owner);
  return { owner, further, token: await proveHolder(further.accountId, further.identity) };
}

test("whoever has proven to hold a connected account takes it out of there: revoked, destroyed, audited", async () => {
  const { owner, further, token } = await provenHolder();
  expect(await provenAddress(token)).toBe(further.identity.email);
  expect(await disconnectAsHolder(token)).toBe("destroyed");
  expect((await testbed.google.counters()).byPerson[further.identity.email]?.revoke).toBe(1);
  expect((await readSessionOwner(await signedIn(owner)))?.accounts.map(({ id }) => id)).toEqual([
    owner.accountId,
  ]);
  expect(await actionsOf(further.accountId)).toEqual([
    "account-connected",
    "holder-disconnect-requested",
    "account-destroyed",
  ]);
  const event = { accountId: further.accountId, action: "holder-disconnect-requested" };
  expect(await database().auditEvent.findFirst({ where: event })).toMatchObject({
    actor: further.identity.email,
    actorId: null,
  });
});

test("a proof is used once, also by two at once", async () => {
  const { token } = await provenHolder();
  const outcomes = await Promise.all([disconnectAsHolder(token), disconnectAsHolder(token)]);
  expect(outcomes.toSorted()).toEqual(["destroyed", "not-found"]);
  expect(await provenAddress(token)).toBeNull();
});

test("a proof ends after some minutes, and only its own token is one", async () => {
  const { further, token } = await provenHolder();
  expect(await disconnectAsHolder("no such token")).toBe("not-found");
  const { accountId } = further;
  await database().holderProof.updateMany({
    where: { accountId },
    data: { expiresAt: new Date(Date.now() - 1) },
  });
  expect(await provenAddress(token)).toBeNull();
  expect(await disconnectAsHolder(token)).toBe("not-found");
  expect(await database().account.count({ where: { id: accountId } })).toBe(1);
});

test("only the hash of a proof's token is stored", async () => {
  const { token } = await provenHolder();
  const rows = await database().$queryRaw<{ dump: string }[]>`SELECT p::text AS dump FROM "HolderProof" p`;
  expect(rows.map(({ dump }) => dump).join()).not.toContain(token);
});
