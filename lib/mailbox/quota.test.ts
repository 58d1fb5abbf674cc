import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { newId } from "#dev/testbed/named.ts";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import { forgetMailbox } from "./forget-mailbox.ts";
import { type Spending, spendUnits, unitsLeft } from "./quota.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

async function someAccount(): Promise<AccountId> {
  const email = "somebody@example.org";
  const { id } = await database().account.create({
    data: { sub: newId(), email, state: "ACTIVE", user: { create: { email } } },
  });
  return id as AccountId;
}

const spend = (accountId: AccountId, units: number, ceiling = 6_000, method = "messages.get") =>
  spendUnits(database(), { accountId, method, units, ceiling });

/** A batch of a filling. */
const giveWay = (accountId: AccountId, units = 500, ceiling = 5_940): Spending => ({
  accountId,
  method: "messages.get",
  units,
  ceiling,
  givesWay: true,
});

const fill = (accountId: AccountId, units?: number) => spendUnits(database(), giveWay(accountId, units));

/** So much time passes for this account. */
const pass = (accountId: AccountId, ms: number) => database().$executeRaw`
  UPDATE "QuotaWindow" SET moments = ARRAY(SELECT m - ${ms}::int FROM unnest(moments) m),
    "pacedTo" = "pacedTo" - ${ms}::int, "heldTo" = "heldTo" - ${ms}::int
  WHERE "accountId" = ${accountId}::uuid`;

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
  await pass(accountId, 58_000);
  expect(await spend(accountId, 20)).toBeGreaterThan(0);
  await pass(accountId, 5_000);
  expect(await spend(accountId, 20)).toBe(0);
});

it("names the moment at which there is room for what is asked, not for less", async () => {
  const accountId = await someAccount();
  const startedMs = Date.now();
  const moments = [50, 30, 10].map((ago) => BigInt(startedMs - ago * 1000));
  await database().quotaWindow.create({ data: { accountId, moments, units: [1_000, 2_000, 3_000] } });
  for (const [units, roomAfterMs] of [
    [500, 10_500],
    [1_500, 30_500],
    [5_000, 50_500],
  ] as const) {
    const waitMs = await spend(accountId, units);
    // It is named from now on; some time has passed since the moments were written down.
    expect(waitMs).toBeGreaterThanOrEqual(roomAfterMs - 1_000 - (Date.now() - startedMs));
    expect(waitMs).toBeLessThanOrEqual(roomAfterMs + 100);
  }
});

it("keeps what was spent by minute and method", async () => {
  const accountId = await someAccount();
  const since = new Date(Date.now() - 120_000);
  await spend(accountId, 5, 6_000, "messages.list");
  await spend(accountId, 500);
  await spend(accountId, 480);
  await spend(accountId, 9_999);
  const spent = await database().quotaSpent.findMany({ where: { accountId, minute: { gte: since } } });
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

describe("what gives way", () => {
  /**
   * Books whenever it may, for so long; only its sleep takes time, not what a busy machine takes to answer.
   * @returns what was booked, and when: in milliseconds from the beginning
   */
  async function fillFor(accountId: AccountId, forMs: number, latenessOf = (_turn: number) => 0) {
    const booked: { atMs: number; units: number }[] = [];
    let nowMs = 0;
    let answeredMs = performance.now();
    const sleep = async (ms: number) => {
      const tookMs = Math.trunc(performance.now() - answeredMs);
      answeredMs += tookMs;
      await pass(accountId, ms - tookMs);
      nowMs += ms;
    };
    for (let turn = 0; nowMs < forMs; turn += 1) {
      const waitMs = await fill(accountId);
      if (waitMs === 0) booked.push({ atMs: nowMs, units: 500 });
      else {
        // As a filling does: what is left of the minute is used up as well, by a smaller batch.
        const left = Math.min(480, await unitsLeft(database(), giveWay(accountId)));
        const rest = left - (left % 20);
        if (rest > 0 && (await fill(accountId, rest)) === 0) booked.push({ atMs: nowMs, units: rest });
      }
      await sleep(waitMs === 0 ? 0 : waitMs + latenessOf(turn));
    }
    return booked;
  }

  const sum = (booked: readonly { units: number }[]) =>
    booked.reduce((before, { units }) => before + units, 0);

  it.each([
    ["that comes when it is told to", () => 0],
    ["that comes late, now a little and now more", (turn: number) => [0, 300, 900, 40, 1_900][turn % 5] ?? 0],
  ])(
    "uses up the limit over the minutes, and no minute goes beyond it: a filling %s",
    async (_, latenessOf) => {
      const booked = await fillFor(await someAccount(), 11 * 60_000, latenessOf);
      for (const { atMs } of booked) {
        const minute = booked.filter((one) => one.atMs >= atMs && one.atMs < atMs + 60_000);
        expect(sum(minute)).toBeLessThanOrEqual(5_940);
      }
      const later = booked.filter(({ atMs }) => atMs >= 60_000);
      // The ten minutes may end just before a batch of 500.
      expect(sum(later) + 500).toBeGreaterThanOrEqual(0.97 * 10 * 6_000);
    },
  );

  it("is spread over its minute, but for what a late beginning may catch up with", async () => {
    const booked = await fillFor(await someAccount(), 3 * 60_000);
    const perSecond = 5_940 / 60.5;
    for (const { atMs } of booked) {
      const seconds = booked.filter((one) => one.atMs >= atMs && one.atMs < atMs + 10_000);
      expect(sum(seconds)).toBeLessThanOrEqual((10 + 8) * perSecond + 500);
    }
  });

  it("leaves to whoever waits all that becomes free, and goes on when nobody waits any more", async () => {
    const accountId = await someAccount();
    const moments = [50, 30, 10].map((ago) => BigInt(Date.now() - ago * 1000));
    await database().quotaWindow.create({ data: { accountId, moments, units: [1_000, 2_000, 2_900] } });
    const needed = 600;
    const waitMs = await spend(accountId, needed);
    expect(waitMs).toBeGreaterThan(9_000);
    // There is room for one message, and not yet for what is waited for.
    await pass(accountId, waitMs - 2_000);
    expect(await fill(accountId, 20)).toBeGreaterThan(0);
    expect(await unitsLeft(database(), giveWay(accountId))).toBe(0);
    await pass(accountId, 2_250);
    expect(await spend(accountId, needed)).toBe(0);
    await pass(accountId, 20_000);
    expect(await fill(accountId)).toBe(0);
  });

  it("never holds up whoever does not give way", async () => {
    const accountId = await someAccount();
    await fillFor(accountId, 20_000);
    expect(await spend(accountId, 3_000)).toBe(0);
  });

  it("says when its turn comes, and then it does", async () => {
    const accountId = await someAccount();
    while ((await fill(accountId)) === 0);
    const waitMs = await fill(accountId);
    expect(waitMs).toBeLessThan(5_500);
    await pass(accountId, waitMs + 250);
    expect(await fill(accountId)).toBe(0);
    expect(await fill(accountId)).toBeGreaterThan(2_000);
  });
});

describe("two processes", () => {
  const script = fileURLToPath(new URL("./quota-worker.fixture.ts", import.meta.url));

  async function startProcess(): Promise<ChildProcess> {
    const child = fork(script, [], {
      execArgv: ["--conditions=react-server"],
      env: { ...process.env, ...testbed.env },
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    await once(child, "message");
    return child;
  }

  async function ask(child: ChildProcess, spending: Spending): Promise<{ units: number; waitMs: number }> {
    const answer = once(child, "message");
    child.send(spending);
    return (await answer)[0];
  }

  it("share one pace, one limit, and one reader who waits", { timeout: 60_000 }, async () => {
    const accountId = await someAccount();
    const [one, other] = await Promise.all([startProcess(), startProcess()]);
    const filling = giveWay(accountId, 20);
    const startedMs = Date.now();
    const filled = await Promise.all([ask(one, filling), ask(other, filling)]);
    const units = filled[0].units + filled[1].units;
    // Eight seconds of lateness, and what has come in the moments that this took.
    expect(units).toBeGreaterThan(750);
    expect(units).toBeLessThan(1_000 + (Date.now() - startedMs) / 10);
    const reading: Spending = { accountId, method: "messages.get", units: 20, ceiling: 6_000 };
    const read = await Promise.all([ask(one, reading), ask(other, reading)]);
    expect(units + read[0].units + read[1].units).toBe(6_000);
    // There is room, and its own turn has come; but a reader waits in the other process.
    await pass(accountId, 9_000);
    await database().quotaWindow.update({ where: { accountId }, data: { moments: [], units: [] } });
    expect((await ask(other, filling)).units).toBe(0);
    await pass(accountId, 60_000);
    expect((await ask(other, filling)).units).toBeGreaterThan(0);
  });
});
