import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "#lib/db/client.ts";
import type { AccountId } from "#lib/domain/mail.ts";
import { forgetMailbox } from "./forget-mailbox.ts";
import { readSpending, spendUnits } from "./quota.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

async function someAccount(): Promise<AccountId> {
  const email = "somebody@example.org";
  const { id } = await database().account.create({
    data: { sub: randomUUID(), email, state: "ACTIVE", user: { create: { email } } },
  });
  return id as AccountId;
}

const spend = (accountId: AccountId, units: number, ceiling = 6_000, method = "messages.get") =>
  spendUnits(database(), { accountId, method, units, ceiling });

it("books up to the ceiling, exactly, and then says how long to wait", async () => {
  const accountId = await someAccount();
  for (let batch = 0; batch < 12; batch += 1) expect(await spend(accountId, 500)).toBe(0);
  const waitMs = await spend(accountId, 1);
  expect(waitMs).toBeGreaterThan(55_000);
  expect(waitMs).toBeLessThanOrEqual(61_000);
});

it("never books more than the ceiling, however many ask at once", async () => {
  const accountId = await someAccount();
  const answers = await Promise.all(Array.from({ length: 60 }, () => spend(accountId, 500)));
  expect(answers.filter((waitMs) => waitMs === 0)).toHaveLength(12);
});

it("leaves no book of an account that is gone, whenever it goes", async () => {
  const accountId = await someAccount();
  await Promise.all([
    ...Array.from({ length: 10 }, () => spend(accountId, 20)),
    database().$transaction(async (tx) => {
      await tx.account.delete({ where: { id: accountId } });
      await forgetMailbox(tx, accountId);
    }),
    ...Array.from({ length: 10 }, () => spend(accountId, 20)),
  ]);
  expect(await database().quotaWindow.count({ where: { accountId } })).toBe(0);
  expect(await database().quotaSpent.count({ where: { accountId } })).toBe(0);
});

it("forgets what was spent more than a minute ago, and not sooner", async () => {
  const accountId = await someAccount();
  await spend(accountId, 6_000);
  const shift = (seconds: number) => database().$executeRaw`
    UPDATE "QuotaWindow" SET moments = ARRAY(SELECT m - ${seconds * 1000}::int FROM unnest(moments) m)
    WHERE "accountId" = ${accountId}::uuid`;
  await shift(58);
  expect(await spend(accountId, 20)).toBeGreaterThan(0);
  await shift(5);
  expect(await spend(accountId, 20)).toBe(0);
});

it("names the moment at which there is room for what is asked, not for less", async () => {
  const accountId = await someAccount();
  const moments = [50, 30, 10].map((ago) => BigInt(Date.now() - ago * 1000));
  await database().quotaWindow.create({ data: { accountId, moments, units: [1_000, 2_000, 3_000] } });
  expect(Math.abs((await spend(accountId, 500)) - 10_500)).toBeLessThan(1_500);
  expect(Math.abs((await spend(accountId, 1_500)) - 30_500)).toBeLessThan(1_500);
  expect(Math.abs((await spend(accountId, 5_000)) - 50_500)).toBeLessThan(1_500);
});

it("keeps what was spent by minute and method", async () => {
  const accountId = await someAccount();
  const since = new Date(Date.now() - 120_000);
  await spend(accountId, 5, 6_000, "messages.list");
  await spend(accountId, 500);
  await spend(accountId, 480);
  await spend(accountId, 9_999);
  const spent = await readSpending(database(), accountId, since);
  const units = (method: string) =>
    spent.filter((one) => one.method === method).reduce((sum, one) => sum + one.units, 0);
  expect(units("messages.list")).toBe(5);
  expect(units("messages.get")).toBe(980);
});

it("adds up, whatever is asked in whatever order", async () => {
  const asked = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(asked, async (units) => {
      const accountId = await someAccount();
      let booked = 0;
      for (const each of units) {
        const waitMs = await spend(accountId, each, 3_000);
        expect(waitMs === 0).toBe(booked + each <= 3_000);
        if (waitMs === 0) booked += each;
      }
    }),
    { numRuns: 20 },
  );
});
