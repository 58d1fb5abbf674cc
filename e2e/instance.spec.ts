/** One more instance beside the one that the other specs drive: how it begins, what it says of itself, how it ends. */
import { type ChildProcess, spawn } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserContext, TestInfo } from "@playwright/test";
import { events } from "#lib/telemetry/events.ts";
import { freePort } from "../dev/database.ts";
import { startLatchkey } from "../dev/latchkey.ts";
import { localEnvironment } from "../dev/local-environment.ts";
import { hangingProxy } from "../dev/testbed/hanging-proxy.ts";
import { answered, expect, test, wordOf } from "./fixtures.ts";
import { place } from "./places.ts";

test.use({ mailbox: { messages: 20 }, expectedComplaints: answered(503) });

const root = fileURLToPath(new URL("..", import.meta.url));

function environment(port: number, more: Record<string, string> = {}): Record<string, string> {
  const places = { databaseUrl: place("database"), googleUrl: place("google"), port };
  const secrets = {
    NEXTAUTH_SECRET: place("nextAuthSecret"),
    TOKEN_KEYS: `k1:${place("tokenKey")}`,
  };
  return { ...localEnvironment(places, secrets), WORKER_CONCURRENCY: "0", LOG_LEVEL: "info", ...more };
}

const logOf = (info: TestInfo) => join(root, ".data", "e2e", `instance-${wordOf(info, "log")}.log`);

/** Started as `npm start` does it; it is there when this resolves. */
async function start(info: TestInfo, more: Record<string, string> = {}) {
  const port = await freePort();
  return startLatchkey({ env: environment(port, more), logFile: logOf(info) });
}

async function readiness(url: string): Promise<{ code: number; status: string; ms: number }> {
  const startedMs = performance.now();
  const answer = await fetch(`${url}/api/health/ready`);
  const { status } = (await answer.json()) as { status: string };
  return { code: answer.status, status, ms: performance.now() - startedMs };
}

const isThere = (url: string): Promise<boolean> =>
  fetch(`${url}/api/health/live`).then(
    ({ ok }) => ok,
    () => false,
  );

/** How a process ended, and after how long from now. */
async function endOf(child: ChildProcess): Promise<{ code: number | null; ms: number }> {
  const startedMs = performance.now();
  if (child.exitCode === null && child.signalCode === null)
    await new Promise((resolve) => child.once("exit", resolve));
  return { code: child.exitCode, ms: performance.now() - startedMs };
}

const cookieOf = async (context: BrowserContext) =>
  (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");

test("told to end, it says so at once, answers what is under way, and sends open streams elsewhere", async ({
  context,
  google,
  store,
  reader,
}, info) => {
  const latchkey = await start(info, { DRAIN_MS: "1500" });
  const headers = { cookie: await cookieOf(context) };
  const stream = await fetch(`${latchkey.url}/mail/${reader.accountId}/live`, { headers });
  const listening = stream.text();
  const isFilled = `SELECT 1 FROM "Mirror" WHERE "accountId" = $1 AND "filledAt" IS NOT NULL`;
  await expect.poll(async () => (await store.query(isFilled, [reader.accountId])).length).toBe(1);
  const { email } = reader;
  await google.fault({ kind: "slow", latencyMs: 2_500, method: "messages.list", count: 1, email });
  const searching = fetch(`${latchkey.url}/mail/${reader.accountId}/all?q=subject:lantern`, { headers });
  const orders = async () => (await google.state()).faults.filter((fault) => fault.email === email);
  await expect.poll(orders, "struck: the search is under way").toEqual([]);
  latchkey.process.kill("SIGTERM");
  const ended = endOf(latchkey.process);
  await expect.poll(() => readiness(latchkey.url)).toMatchObject({ code: 503, status: "ending" });
  const found = await searching;
  expect(found.status).toBe(200);
  expect(await found.text()).toContain("</html>");
  expect(await listening).toMatch(/retry: \d+\n\n$/);
  const { code, ms } = await ended;
  expect(code).toBe(0);
  expect(ms).toBeLessThan(10_000);
  expect(await isThere(latchkey.url)).toBe(false);
});

for (const signal of ["SIGTERM", "SIGKILL"] as const) {
  test(`npm start, ended by ${signal}, leaves nothing behind`, async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const { PATH = "", HOME = "" } = process.env;
    const npm = spawn("npm", ["start"], {
      cwd: root,
      stdio: "ignore",
      env: { PATH, HOME, NODE_ENV: "production", ...environment(port) },
    });
    await expect.poll(() => isThere(url)).toBe(true);
    npm.kill(signal);
    await endOf(npm);
    await expect.poll(() => isThere(url)).toBe(false);
  });
}

test("at LOG_LEVEL=warn the framework writes not a line, from the start to the end", async ({
  context,
  reader: { accountId },
}, info) => {
  const latchkey = await start(info, { LOG_LEVEL: "warn", WORKER_CONCURRENCY: "1" });
  const page = await fetch(`${latchkey.url}/mail/${accountId}/inbox`, {
    headers: { cookie: await cookieOf(context) },
  });
  expect(page.status).toBe(200);
  await page.text();
  await latchkey.stop();
  const lines = (await readFile(logOf(info), "utf8")).split("\n").filter((line) => line !== "");
  const said = lines.map((line) => JSON.parse(line) as { level: number; msg: string });
  expect(said.filter(({ level }) => level < 40)).toEqual([]);
  // What is said on a machine that is too busy to connect in time; nothing else is amiss.
  const ofDatabase = ["the database does not answer", "the job worker stopped, and is begun again"];
  expect(said.map(({ msg }) => msg).filter((msg) => !ofDatabase.includes(msg))).toEqual([]);
});

test("a start where something listens already says so in one sentence, and ends", async ({}, info) => {
  const port = Number(new URL(place("latchkey")).port);
  const log = await open(logOf(info), "a");
  const second = spawn(process.execPath, ["--conditions=react-server", "lib/server/start.ts"], {
    cwd: root,
    stdio: ["ignore", log.fd, log.fd],
    env: { NODE_ENV: "production", ...environment(port) },
  });
  expect((await endOf(second)).code).toBe(1);
  await log.close();
  const lines = (await readFile(logOf(info), "utf8")).trim().split("\n");
  const told = lines.map((line) => JSON.parse(line) as { level: number; event: string; msg: string });
  expect(told.filter(({ event }) => !Object.hasOwn(events, event))).toEqual([]);
  expect(told.filter(({ level }) => level >= 50).map(({ msg }) => msg)).toEqual([
    `Something listens on port ${port} on 127.0.0.1 already: stop it, or set PORT to another one.`,
  ]);
});

test("a database that hangs is said within two seconds, holds no page for ever, and not the end", async ({
  context,
  reader: { accountId },
}, info) => {
  const database = await hangingProxy(place("database"));
  const latchkey = await start(info, { DATABASE_URL: database.url, WORKER_CONCURRENCY: "2" });
  const page = async () => {
    const answer = await fetch(`${latchkey.url}/mail/${accountId}/inbox`, {
      headers: { cookie: await cookieOf(context) },
    });
    await answer.text();
    return answer.status;
  };
  expect(await page()).toBe(200);
  database.hang();
  const { ms, ...said } = await readiness(latchkey.url);
  expect(said).toEqual({ code: 503, status: "database-unreachable" });
  expect(ms).toBeLessThan(4_000);
  expect(await page(), "an answer, within the test's time").toBe(500);
  database.goOn();
  await expect.poll(() => readiness(latchkey.url)).toMatchObject({ code: 200, status: "ok" });
  expect(await page()).toBe(200);
  database.hang();
  latchkey.process.kill("SIGTERM");
  const ended = await endOf(latchkey.process);
  expect(ended.code).toBe(0);
  expect(ended.ms).toBeLessThan(10_000);
  database.close();
});

test("metrics are for this machine, or for whoever brings the token; to all others there is nothing", async ({
  request,
}, info) => {
  // By way of a proxy, as the fixtures ask.
  expect((await request.get("/api/metrics")).status()).toBe(404);
  await request.post("/api/auth/signin/google", { maxRedirects: 0, headers: { origin: place("latchkey") } });
  const local = await fetch(`${place("latchkey")}/api/metrics`);
  expect(local.status).toBe(200);
  expect(await local.text()).toMatch(/^latchkey_answer_seconds_count\{kind="sign-in",status="3xx"\} \d+$/m);
  const latchkey = await start(info, { METRICS_TOKEN: "dGhlIG9wZXJhdG9yJ3Mgb3du" });
  const ask = async (authorization?: string) =>
    (await fetch(`${latchkey.url}/api/metrics`, authorization ? { headers: { authorization } } : {})).status;
  expect(await ask()).toBe(404);
  expect(await ask("Bearer dGhlIG9wZXJhdG9yJ3Mgb3duX")).toBe(404);
  expect(await ask("Bearer dGhlIG9wZXJhdG9yJ3Mgb3du")).toBe(200);
  await latchkey.stop();
});
