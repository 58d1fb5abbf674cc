import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test, vi } from "vitest";
import { newId } from "#dev/testbed/named.ts";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../db/client.ts";
import { enqueueMailJob } from "../queue/mail-jobs.ts";
import { connected, newPerson } from "../use-cases/accounts/connected.fixture.ts";
import { readHealth } from "../use-cases/operations/health.ts";
import { startWorker } from "./worker.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

interface Job {
  readonly attempts: number;
  readonly last_error: string | null;
}

const enqueue = async (task: string, payload: unknown) => {
  const [job] = await database().$queryRaw<{ id: bigint }[]>`
    SELECT id FROM graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json)`;
  return job?.id ?? 0n;
};

const read = async (id: bigint): Promise<Job | undefined> => {
  const [job] = await database().$queryRaw<Job[]>`
    SELECT attempts::int, last_error FROM graphile_worker.jobs WHERE id = ${id}`;
  return job;
};

const within = { timeout: 15_000, interval: 50 };

test("with WORKER_CONCURRENCY=0 this instance only serves", async () => {
  vi.resetModules(); // The environment is read once a process.
  process.env.WORKER_CONCURRENCY = "0";
  try {
    const serving = await import("./worker.ts");
    expect(await serving.startWorker()).toBeNull();
  } finally {
    delete process.env.WORKER_CONCURRENCY;
  }
});

describe("a running worker", () => {
  let worker: Awaited<ReturnType<typeof startWorker>> = null;
  beforeEach(async () => {
    worker = await startWorker();
  });
  afterEach(async () => {
    await worker?.stop();
  });

  it("says on every connection what it is for", async () => {
    await readHealth();
    const names = async () => {
      const rows = await database().$queryRaw<{ name: string }[]>`
        SELECT DISTINCT application_name AS name FROM pg_stat_activity
        WHERE datname = current_database() ORDER BY name`;
      return rows.map(({ name }) => name);
    };
    const known = ["bulk", "health", "jobs", "listen", "locks", "pages", "queue", "workers"];
    const all = (found: string[]) =>
      ["queue", "workers", "pages"].every((one) => found.includes(`latchkey ${one}`));
    await vi.waitFor(async () => expect(await names()).toSatisfy(all), within);
    expect(known.map((one) => `latchkey ${one}`)).toEqual(expect.arrayContaining(await names()));
  });

  it.each([
    ["null", null],
    ["nothing", {}],
    ["no id", { accountId: "not a uuid" }],
    ["a list", [1, 2]],
    ["SQL", { accountId: '\'; DROP TABLE "Account"; --' }],
  ])("fails a job whose payload is %s, keeps it, and goes on with the next", async (_, payload) => {
    const broken = await enqueue("destroy-account", payload);
    await vi.waitFor(async () => expect((await read(broken))?.attempts).toBe(1), within);
    await vi.waitFor(async () => expect((await read(broken))?.last_error).toBeTruthy(), within);
    const sound = await enqueue("destroy-account", { accountId: newId() });
    await vi.waitFor(async () => expect(await read(sound)).toBeUndefined(), within);
    expect(await read(broken)).toBeDefined();
  });

  it("sweeps sessions that have ended, and users of whom nothing else is left", async () => {
    const longAgo = new Date("2020-01-01T00:00:00Z");
    const { id } = await database().user.create({
      data: {
        email: "gone@example.org",
        sessions: {
          create: { tokenHash: new Uint8Array([1]), accountId: newId(), lastUsedAt: longAgo },
        },
      },
    });
    const job = await enqueue("sweep-sessions", {});
    await vi.waitFor(async () => expect(await read(job)).toBeUndefined(), within);
    expect(await database().user.count({ where: { id } })).toBe(0);
  });
});

test("two workers on one queue do each job once", async () => {
  const [one, two] = await Promise.all([startWorker(), startWorker()]);
  try {
    const jobs = await Promise.all(
      Array.from({ length: 20 }, () => enqueue("destroy-account", { accountId: newId() })),
    );
    await vi.waitFor(
      async () => expect((await Promise.all(jobs.map(read))).filter(Boolean)).toEqual([]),
      within,
    );
  } finally {
    await Promise.all([one?.stop(), two?.stop()]);
  }
});

test("a worker that is told to stop while Google hangs hands back what it holds within ten seconds", async () => {
  const { google } = testbed;
  const worker = await startWorker();
  const { accountId, identity } = await connected(google, await newPerson(google, 0));
  await google.fault({ kind: "timeout", target: "gmail", email: identity.email });
  const jobs = () => database().$queryRaw<{ locked_by: string | null; attempts: number }[]>`
    SELECT locked_by, attempts::int FROM graphile_worker._private_jobs WHERE payload->>'accountId' = ${accountId}`;
  await enqueueMailJob(database(), { task: "fill-mailbox", accountId });
  await expect
    .poll(async () => (await jobs()).some(({ locked_by }) => locked_by !== null), within)
    .toBe(true);
  const startedAt = performance.now();
  await worker?.stop();
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  const left = await jobs();
  expect(left.length).toBeGreaterThan(0);
  expect(left.every(({ locked_by }) => locked_by === null)).toBe(true);
  await google.clearFaults(identity.email);
});

test("jobs of a worker that was killed are taken over within seconds", async () => {
  const { google } = testbed;
  const { accountId, identity } = await connected(google, await newPerson(google, 0));
  await google.fault({ kind: "timeout", target: "gmail", email: identity.email, count: 1 });
  const child = fork(fileURLToPath(new URL("./mailbox-worker.fixture.ts", import.meta.url)), {
    execArgv: ["--conditions=react-server"],
    env: { ...process.env, ...testbed.env },
  });
  await once(child, "message");
  await enqueueMailJob(database(), { task: "fill-mailbox", accountId });
  const holder = async () => {
    const [job] = await database().$queryRaw<{ locked_by: string | null }[]>`
      SELECT locked_by FROM graphile_worker._private_jobs
      WHERE payload->>'accountId' = ${accountId} AND locked_by IS NOT NULL`;
    return job?.locked_by ?? null;
  };
  await expect.poll(holder, within).not.toBeNull();
  child.kill("SIGKILL");
  await once(child, "exit");
  const worker = await startWorker();
  try {
    await expect
      .poll(() => database().copyHead.count({ where: { accountId, filledAt: { not: null } } }), {
        timeout: 20_000,
        interval: 100,
      })
      .toBe(1);
  } finally {
    await worker?.stop();
  }
});
