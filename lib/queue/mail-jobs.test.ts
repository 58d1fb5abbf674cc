import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import { type Connected, connected } from "../use-cases/accounts/connected.fixture.ts";
import { disconnectAccount } from "../use-cases/accounts/disconnect-account.ts";
import { fill, headOf } from "../use-cases/copy/copy.fixture.ts";
import { syncIfStale } from "../use-cases/sync/sync-if-stale.ts";
import { syncMailbox } from "../use-cases/sync/sync-mailbox.ts";
import { enqueueDueMailJobs, enqueueMailJob, timeSlice } from "./mail-jobs.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: 3 });
});
afterAll(() => testbed.close());
beforeEach(() => database().$executeRaw`DELETE FROM graphile_worker._private_jobs`);

const tasksOf = async (accountId: AccountId): Promise<string[]> => {
  const jobs = await database().$queryRaw<{ task: string }[]>`
    SELECT t.identifier AS task FROM graphile_worker._private_jobs j
    JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    WHERE j.payload->>'accountId' = ${accountId} AND t.identifier LIKE '%mailbox' ORDER BY 1`;
  return jobs.map(({ task }) => task);
};

/** An account whose copy is whole, with an empty queue. */
async function filled(): Promise<Connected> {
  const account = await connected(testbed.google);
  await fill(account.accountId);
  await database().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
  return account;
}

const due = (accountId: AccountId) =>
  database().copyHead.update({ where: { accountId }, data: { dueAt: new Date(Date.now() - 1000) } });

const aSlice = () => timeSlice(60_000, new AbortController().signal);

describe("the schedule", () => {
  it("asks for an account that is due, once, and then not for a quarter of an hour", async () => {
    const { accountId } = await filled();
    await due(accountId);
    await enqueueDueMailJobs();
    expect(await tasksOf(accountId)).toEqual(["sync-mailbox"]);
    await database().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
    await enqueueDueMailJobs();
    expect(await tasksOf(accountId)).toEqual([]);
    const { dueAt } = await database().copyHead.findUniqueOrThrow({ where: { accountId } });
    expect(dueAt.getTime()).toBeLessThan(Date.now() + 15 * 60_000);
  });

  it("gives each account its own moment of the coming minute", async () => {
    const { accountId } = await filled();
    const dueAt = new Date(Date.now() + 40_000);
    await database().copyHead.update({ where: { accountId }, data: { dueAt } });
    await enqueueDueMailJobs();
    const [job] = await database().$queryRaw<{ runAt: Date }[]>`
      SELECT run_at AS "runAt" FROM graphile_worker._private_jobs WHERE payload->>'accountId' = ${accountId}`;
    expect(Math.abs(Number(job?.runAt.getTime()) - dueAt.getTime())).toBeLessThan(1_000);
  });

  it("does not put off what somebody has asked for sooner", async () => {
    const { accountId } = await filled();
    await enqueueMailJob(database(), { task: "sync-mailbox", accountId });
    await database().copyHead.update({
      where: { accountId },
      data: { dueAt: new Date(Date.now() + 40_000) },
    });
    await enqueueDueMailJobs();
    const jobs = await database().$queryRaw<{ soon: boolean }[]>`
      SELECT run_at <= now() AS soon FROM graphile_worker._private_jobs WHERE payload->>'accountId' = ${accountId}`;
    expect(jobs).toEqual([{ soon: true }]);
  });

  it("comes back to an idle account within a quarter of an hour, and to one that is read within a minute", async () => {
    const { accountId } = await filled();
    const wait = async () => {
      await syncMailbox(accountId, aSlice());
      const { dueAt } = await database().copyHead.findUniqueOrThrow({ where: { accountId } });
      return dueAt.getTime() - Date.now();
    };
    expect(await wait()).toBeLessThan(15 * 60_000);
    expect(await wait()).toBeGreaterThan(14.5 * 60_000);
    await syncIfStale(accountId);
    expect(await wait()).toBeLessThan(60_000);
  });

  it("fills on what is not whole, and begins what nobody has begun", async () => {
    const { accountId } = await filled();
    await database().copyHead.update({ where: { accountId }, data: { filledAt: null } });
    await due(accountId);
    const other = await connected(testbed.google);
    await database().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
    await database().account.update({
      where: { id: other.accountId },
      data: { connectedAt: new Date(Date.now() - 120_000) },
    });
    await enqueueDueMailJobs();
    expect(await tasksOf(accountId)).toEqual(["fill-mailbox", "sync-mailbox"]);
    expect(await tasksOf(other.accountId)).toEqual(["fill-mailbox"]);
  });

  it("leaves accounts alone that need their owner", async () => {
    const { accountId } = await filled();
    await due(accountId);
    await database().account.update({
      where: { id: accountId },
      data: { state: "NEEDS_CONSENT", cause: "policy" },
    });
    await enqueueDueMailJobs();
    expect(await tasksOf(accountId)).toEqual([]);
  });
});

describe("a job", () => {
  it("that waits already is not doubled, and an earlier moment wins", async () => {
    const { accountId } = await filled();
    await enqueueMailJob(database(), { task: "sync-mailbox", accountId, delayMs: 60_000 });
    await enqueueMailJob(database(), { task: "sync-mailbox", accountId });
    const jobs = await database().$queryRaw<{ soon: boolean }[]>`
      SELECT run_at <= now() AS soon FROM graphile_worker._private_jobs WHERE payload->>'accountId' = ${accountId}`;
    expect(jobs).toEqual([{ soon: true }]);
  });

  it("is neither left nor added when its account is disconnected", async () => {
    const { accountId, user } = await filled();
    await enqueueMailJob(database(), { task: "sync-mailbox", accountId });
    await disconnectAccount(user, accountId);
    expect(await tasksOf(accountId)).toEqual([]);
    await enqueueMailJob(database(), { task: "fill-mailbox", accountId });
    expect(await tasksOf(accountId)).toEqual([]);
  });
});

describe("a look at a page", () => {
  it("is followed by a look at Google: at once where the last was a while ago, otherwise two seconds after it", async () => {
    const [fresh, old] = [await filled(), await filled()];
    const lookedAt = new Date();
    for (const [account, syncedAt] of [
      [fresh, lookedAt],
      [old, new Date(Date.now() - 3_000)],
    ] as const)
      await database().copyHead.update({ where: { accountId: account.accountId }, data: { syncedAt } });
    await syncIfStale(fresh.accountId);
    await syncIfStale(old.accountId);
    expect(await tasksOf(fresh.accountId)).toEqual(["sync-mailbox"]);
    expect(await tasksOf(old.accountId)).toEqual(["sync-mailbox"]);
    const runAt = async ({ accountId }: Connected) => {
      const [job] = await database().$queryRaw<{ runAt: Date }[]>`
        SELECT run_at AS "runAt" FROM graphile_worker._private_jobs
        WHERE payload->>'accountId' = ${accountId}`;
      return job?.runAt.getTime() ?? 0;
    };
    const sinceLookMs = async (account: Connected) => (await runAt(account)) - lookedAt.getTime();
    const passedMs = Date.now() - lookedAt.getTime();
    expect(await sinceLookMs(fresh)).toBeGreaterThanOrEqual(2_000 - 1);
    expect(await sinceLookMs(fresh)).toBeLessThanOrEqual(2_000 + passedMs);
    expect(await sinceLookMs(old)).toBeLessThanOrEqual(passedMs);
  });

  it("asks the database for two jobs in two seconds at most, also while no worker takes them", async () => {
    const { accountId } = await filled();
    await database().copyHead.update({ where: { accountId }, data: { syncedAt: new Date(0) } });
    for (let looks = 0; looks < 100; looks += 1) await syncIfStale(accountId);
    // A job counts how often it was put into the queue again.
    const jobs = await database().$queryRaw<{ again: number; soon: boolean }[]>`
      SELECT revision AS again, run_at <= now() AS soon FROM graphile_worker.jobs
      WHERE key = 'sync-mailbox:' || ${accountId}`;
    expect(jobs).toEqual([{ again: 1, soon: true }]);
  });

  it("does not put off the look at Google that a push has asked for", async () => {
    const { accountId } = await filled();
    await enqueueMailJob(database(), { task: "sync-mailbox", accountId });
    await database().copyHead.update({ where: { accountId }, data: { syncedAt: new Date() } });
    await syncIfStale(accountId);
    const jobs = await database().$queryRaw<{ soon: boolean }[]>`
      SELECT run_at <= now() AS soon FROM graphile_worker._private_jobs WHERE payload->>'accountId' = ${accountId}`;
    expect(jobs).toEqual([{ soon: true }]);
  });

  it("is remembered, so that the quota keeps its reserve for reading", async () => {
    const { accountId } = await filled();
    expect((await headOf(accountId)).filledAt).not.toBeNull();
    await syncIfStale(accountId);
    const { lastReadAt } = await database().account.findUniqueOrThrow({ where: { id: accountId } });
    expect(lastReadAt?.getTime()).toBeGreaterThan(Date.now() - 5_000);
  });
});
