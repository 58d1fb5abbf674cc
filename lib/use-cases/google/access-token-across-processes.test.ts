import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { hold, untilBlocked } from "#dev/testbed/locks.fixture.ts";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import type { AccountId } from "../../domain/mail.ts";
import { connectedAndExpired, credentialOf, rowOf, stateOf } from "../accounts/connected.fixture.ts";
import { accessTokenFor } from "./access-token-for.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

const script = fileURLToPath(new URL("./token-worker.fixture.ts", import.meta.url));

async function startWorker(): Promise<ChildProcess> {
  const worker = fork(script, [], {
    execArgv: ["--conditions=react-server"],
    env: { ...process.env, ...testbed.env },
  });
  onTestFinished(() => void worker.kill("SIGKILL"));
  await once(worker, "message");
  return worker;
}

async function ask(worker: ChildProcess, accountId: AccountId, calls: number): Promise<string[]> {
  const answer = once(worker, "message");
  worker.send({ accountId, calls });
  const [results] = await answer;
  return results as string[];
}

const refreshesOf = async (email: string) =>
  (await testbed.google.counters()).byPerson[email]?.["token.refresh_token"] ?? 0;

test("calls in three processes cost one refresh, and all get the same token", {
  timeout: 60_000,
}, async () => {
  const { accountId, identity } = await connectedAndExpired(testbed.google);
  const workers = await Promise.all([startWorker(), startWorker(), startWorker()]);
  // Slow, so that all of them meet at the lock.
  await testbed.google.fault({ kind: "slow", latencyMs: 300, target: "token", email: identity.email });
  const results = (await Promise.all(workers.map((worker) => ask(worker, accountId, 20)))).flat();
  expect(results).toHaveLength(60);
  expect(new Set(results)).toEqual(new Set([(await credentialOf(accountId))?.accessToken]));
  expect(await refreshesOf(identity.email)).toBe(1);
});

test("while Google fails, whoever waited for the lock does not ask it again", {
  timeout: 60_000,
}, async () => {
  const { accountId, identity } = await connectedAndExpired(testbed.google);
  const { email } = identity;
  const workers = await Promise.all([startWorker(), startWorker()]);
  await testbed.google.fault({ kind: "5xx", target: "token", email });
  const lock = await hold("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [`refresh:${accountId}`]);
  const asked = Promise.all(workers.map((worker) => ask(worker, accountId, 5)));
  await untilBlocked(2);
  await lock.release();
  const results = (await asked).flat();
  expect(new Set(results)).toEqual(new Set(["failed: OAuthError"]));
  expect(await refreshesOf(email)).toBe(1);
  expect(await stateOf(accountId)).toEqual({ state: "ACTIVE" });
});

test("a process that is killed during a refresh leaves no lock behind", { timeout: 60_000 }, async () => {
  const { accountId, identity } = await connectedAndExpired(testbed.google);
  const worker = await startWorker();
  await testbed.google.fault({ kind: "timeout", target: "token", email: identity.email, count: 1 });
  worker.send({ accountId, calls: 1 });
  // Struck: the worker holds the lock and waits for Google.
  const isTimeout = ({ kind }: { kind: string }) => kind === "timeout";
  await vi.waitFor(async () => expect((await testbed.google.state()).faults.filter(isTimeout)).toEqual([]), {
    timeout: 10_000,
  });
  const exited = once(worker, "exit");
  worker.kill("SIGKILL");
  await exited;
  const startedMs = performance.now();
  const token = await accessTokenFor(accountId);
  // The killed refresh's own deadline would have been 10 s.
  expect(performance.now() - startedMs).toBeLessThan(9_000);
  expect(token).toBe((await credentialOf(accountId))?.accessToken);
  expect(await rowOf(accountId)).toMatchObject({ unansweredSince: null });
});
