import { fork } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { freePort, type LocalDatabase, startDatabase } from "#dev/database.ts";
import { type Control, controlOf } from "#dev/google/control-client.ts";
import { startGoogle } from "#dev/google/server.ts";
import { localEnvironment, makeLocalSecrets } from "#dev/local-environment.ts";
import { deploy } from "#prisma/migrate.ts";
import { closeDatabase } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import { mailListOf } from "../domain/mail-list.ts";
import { requestCopy } from "../request/read-once.ts";
import { instance } from "../telemetry/instance.ts";
import { connected, newPerson } from "../use-cases/accounts/connected.fixture.ts";
import { expectInStep, headOf } from "../use-cases/copy/copy.fixture.ts";
import { readMessagePage } from "../use-cases/lists/read-message-page.ts";
import { readHealth } from "../use-cases/operations/health.ts";
import { startWorker } from "./worker.ts";

let google: Control;
let directory: string;
let server: LocalDatabase;
const closing: (() => Promise<unknown>)[] = [];

/** A PostgreSQL of this test's own, which may go away. */
async function startServer(port: number): Promise<LocalDatabase> {
  return startDatabase({ directory: join(directory, "postgres"), port, name: "latchkey" });
}

let port: number;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "latchkey-restart-"));
  await chmod(directory, 0o755); // PostgreSQL runs as a user of its own where we are root.
  port = await freePort();
  server = await startServer(port);
  await deploy(server.url);
  const local = await startGoogle({ quiet: true, quota: false });
  google = controlOf(local.url);
  await google.settings({ batchMs: 60 });
  const places = { databaseUrl: server.url, googleUrl: local.url, port: 3000 };
  const env = localEnvironment(places, makeLocalSecrets());
  Object.assign(process.env, { ...env, LOG_LEVEL: "silent", QUOTA_UNITS_PER_MINUTE: "100000000" });
  closing.push(() => local.close());
});
afterAll(async () => {
  for (const close of closing.reverse()) await close();
  await closeDatabase();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

async function canRead(accountId: AccountId): Promise<boolean> {
  const list = mailListOf("inbox");
  if (!list) throw new Error("There is an inbox.");
  try {
    return (await readMessagePage(requestCopy(accountId), { list, query: "", cursor: "" })).ok;
  } catch {
    return false; // An error page.
  }
}

const within = { timeout: 90_000, interval: 100 };

it("a worker whose database is away at its first start says so, and begins when it comes", async () => {
  await server.stop();
  const worker = startWorker();
  try {
    await expect.poll(() => instance().worker, within).toBe("stopped");
    expect(await readHealth()).toBe("database-unreachable");
    server = await startServer(port);
    await expect.poll(() => instance().worker, within).toBe("working");
    expect(await readHealth()).toBe("ok");
    const account = await connected(google, await newPerson(google, 20));
    const isFilled = async () => (await headOf(account.accountId).catch(() => null))?.filledAt != null;
    await expect.poll(isFilled, within).toBe(true);
  } finally {
    await worker?.stop();
  }
}, 240_000);

it("PostgreSQL restarted in the middle of reading and filling: then all goes on, and nothing is lost or doubled", async () => {
  const worker = fork(fileURLToPath(new URL("./mailbox-worker.fixture.ts", import.meta.url)), {
    execArgv: ["--conditions=react-server"],
    env: process.env,
  });
  await once(worker, "message");
  closing.push(async () => worker.kill("SIGKILL"));
  const account = await connected(google, await newPerson(google, 1_500));
  const { accountId, identity } = account;
  const stored = async () => (await headOf(accountId).catch(() => null))?.messages ?? 0;
  await expect.poll(stored, within).toBeGreaterThan(200);
  expect(await canRead(accountId)).toBe(true);

  await server.stop();
  const whileAway = await Promise.all([1, 2, 3].map(() => canRead(accountId)));
  expect(whileAway).toEqual([false, false, false]);
  server = await startServer(port);

  await expect.poll(() => canRead(accountId), within).toBe(true);
  await google.deliver(identity.email, { subject: "After the restart" });
  await expect.poll(async () => (await headOf(accountId)).filledAt !== null, within).toBe(true);
  await expect
    .poll(() => expectInStep(google, identity.email, accountId).then(() => true, String), within)
    .toBe(true);
  // What had been fetched when the database went away is fetched once more: one statement's worth at most.
  const fetched = (await google.counters()).byPerson[identity.email]?.["messages.get"] ?? 0;
  expect(fetched).toBeLessThanOrEqual(1_501 + 200);
}, 240_000);
