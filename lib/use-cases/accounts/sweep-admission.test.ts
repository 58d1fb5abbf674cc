import { afterAll, beforeAll, expect, it, test } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import { actionsOf, connected, stateOf } from "./connected.fixture.ts";
import { destroyAccount } from "./destroy-account.ts";
import { sweepAdmission } from "./sweep-admission.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ env: { ALLOWED_DOMAINS: "example.org", ADMISSION_GRACE_DAYS: "30" } });
});
afterAll(() => testbed.close());

const notAdmitted = { state: "SUSPENDED", cause: "not-admitted" };
const dayMs = 24 * 3_600_000;

const move = (id: AccountId, hd: string) => database().account.update({ where: { id }, data: { hd } });
const suspendedFor = (id: AccountId, days: number) =>
  database().account.update({ where: { id }, data: { stateChangedAt: new Date(Date.now() - days * dayMs) } });
const mailJobs = async (id: AccountId) =>
  Number(
    (
      await database().$queryRaw<{ count: bigint }[]>`
        SELECT count(*) AS count FROM graphile_worker.jobs WHERE key LIKE '%mailbox:' || ${id}`
    )[0]?.count,
  );

test("who is admitted stays as they are", async () => {
  const { accountId } = await connected(testbed.google);
  await sweepAdmission();
  expect(await stateOf(accountId)).toEqual({ state: "ACTIVE" });
  expect(await actionsOf(accountId)).toEqual(["account-connected"]);
});

test("who is no longer admitted is suspended once, and their mail is not fetched any more", async () => {
  const { accountId } = await connected(testbed.google);
  expect(await mailJobs(accountId)).toBe(2);
  await move(accountId, "elsewhere.test");
  await sweepAdmission();
  await sweepAdmission();
  expect(await stateOf(accountId)).toEqual(notAdmitted);
  expect(await actionsOf(accountId)).toEqual(["account-connected", "account-suspended"]);
  expect(await mailJobs(accountId)).toBe(0);
});

test("who is admitted again goes on where they were", async () => {
  const { accountId } = await connected(testbed.google);
  await move(accountId, "elsewhere.test");
  await sweepAdmission();
  await move(accountId, "example.org");
  await sweepAdmission();
  expect(await stateOf(accountId)).toEqual({ state: "ACTIVE" });
  expect(await actionsOf(accountId)).toEqual(["account-connected", "account-suspended", "account-resumed"]);
  expect(await mailJobs(accountId)).toBe(1);
});

it("who is not admitted again within the time of grace is revoked and destroyed, and nobody earlier", async () => {
  const { accountId, identity } = await connected(testbed.google);
  await move(accountId, "elsewhere.test");
  await sweepAdmission();
  await suspendedFor(accountId, 29);
  await sweepAdmission();
  expect(await stateOf(accountId)).toEqual(notAdmitted);
  await suspendedFor(accountId, 30);
  await sweepAdmission();
  expect(await stateOf(accountId)).toEqual({ state: "DISCONNECTED", cause: "not-admitted" });
  await destroyAccount(accountId);
  expect(await database().account.count({ where: { id: accountId } })).toBe(0);
  expect((await actionsOf(accountId)).slice(1)).toEqual([
    "account-suspended",
    "admission-ended",
    "account-destroyed",
  ]);
  expect((await testbed.google.counters()).byPerson[identity.email]?.revoke ?? 0).toBeGreaterThan(0);
});
