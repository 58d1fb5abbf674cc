import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../db/client.ts";
import { scheduleDestruction, scheduleWaitingDestructions } from "../queue/destruction-jobs.ts";
import { enqueueMailJob } from "../queue/mail-jobs.ts";
import { type Connected, connected, newPerson } from "../use-cases/accounts/connected.fixture.ts";
import { startWorker } from "./worker.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: 2 });
});
afterAll(() => testbed.close());

const within = { timeout: 20_000, interval: 20 };

const destructions = () => database().$queryRaw<
  { key: string; attempts: number; locked_by: string | null }[]
>`
  SELECT key, attempts::int, locked_by FROM graphile_worker.jobs WHERE task_identifier = 'destroy-account'`;

const runAllNow = () => database().$executeRaw`
  UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key LIKE 'destroy:%'`;

async function disconnecting(count: number): Promise<Connected[]> {
  const accounts: Connected[] = [];
  for (let at = 0; at < count; at += 1) {
    const account = await connected(testbed.google, await newPerson(testbed.google, 0));
    await database().account.update({
      where: { id: account.accountId },
      data: { state: "DISCONNECTED", cause: "user" },
    });
    await scheduleDestruction(database(), account.accountId);
    accounts.push(account);
  }
  return accounts;
}

it("a revocation endpoint that hangs takes two workers, and mail goes on with the others", async () => {
  const accounts = await disconnecting(8);
  await testbed.google.fault({ kind: "timeout", target: "revoke" });
  const reader = await connected(testbed.google, await newPerson(testbed.google, 30));
  await runAllNow();
  const worker = await startWorker();
  try {
    const held = async () => (await destructions()).filter(({ locked_by }) => locked_by !== null).length;
    await vi.waitFor(async () => expect(await held()).toBeGreaterThan(0), within);
    await enqueueMailJob(database(), { task: "fill-mailbox", accountId: reader.accountId });
    const where = { accountId: reader.accountId, filledAt: { not: null } };
    let most = 0;
    await vi.waitFor(async () => {
      most = Math.max(most, await held());
      expect(await database().copyHead.count({ where })).toBe(1);
    }, within);
    expect(most).toBeLessThanOrEqual(2);
    await testbed.google.clearFaults();
    const gone = () =>
      database().account.count({ where: { id: { in: accounts.map((one) => one.accountId) } } });
    await vi.waitFor(async () => {
      await runAllNow();
      expect(await gone()).toBe(0);
    }, within);
  } finally {
    await worker?.stop();
  }
});

it("the sweep gives every account that waits its job back, and leaves each job its own backoff", async () => {
  const [one, two] = await disconnecting(2);
  await database().$executeRaw`
    UPDATE graphile_worker._private_jobs SET attempts = 3 WHERE key = ${`destroy:${one?.accountId}`}`;
  await database().$executeRaw`
    DELETE FROM graphile_worker._private_jobs WHERE key = ${`destroy:${two?.accountId}`}`;
  await testbed.google.resetCounters();
  await scheduleWaitingDestructions();
  const jobs = new Map((await destructions()).map(({ key, attempts }) => [key, attempts]));
  expect(jobs.get(`destroy:${one?.accountId}`)).toBe(3);
  expect(jobs.get(`destroy:${two?.accountId}`)).toBe(0);
  expect((await testbed.google.counters()).byPerson).toEqual({});
});
