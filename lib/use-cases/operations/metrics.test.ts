import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import { connected, newPerson } from "../accounts/connected.fixture.ts";
import { fill } from "../copy/copy.fixture.ts";
import { accessTokenFor } from "../google/access-token-for.ts";
import { readMetrics } from "./read-metrics.ts";
import { rollUp } from "./roll-up.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: null });
});
afterAll(() => testbed.close());
beforeEach(async () => {
  await database().user.deleteMany();
});

const valueIn = (text: string, name: string): number | null => {
  const line = text.split("\n").find((each) => each.startsWith(`${name} `));
  return line ? Number(line.split(" ").at(-1)) : null;
};

const read = async (): Promise<string> => (await readMetrics(3)).text;

test("what a job has rolled up, what stands open, and what this process has done are told, without a word of anybody's", async () => {
  const account = await connected(testbed.google, await newPerson(testbed.google, 12));
  await fill(account.accountId);
  await database().account.update({ where: { id: account.accountId }, data: {} });
  await rollUp();
  const text = await read();
  expect(valueIn(text, 'latchkey_accounts{state="active"}')).toBe(1);
  expect(valueIn(text, 'latchkey_copies{state="whole"}')).toBe(1);
  expect(valueIn(text, 'latchkey_copy_lag_seconds{of="most"}')).toBeGreaterThanOrEqual(0);
  expect(valueIn(text, "latchkey_streams")).toBe(3);
  expect(valueIn(text, 'latchkey_google_calls_total{method="messages.list",status="200"}')).toBeGreaterThan(
    0,
  );
  expect(valueIn(text, 'latchkey_gmail_units_total{by="job"}')).toBeGreaterThan(12 * 20);
  expect(text).toMatch(/^latchkey_database_connections\{pool="pages",state="busy"\} \d+$/m);
  expect(text).not.toContain(account.identity.email);
  expect(text).not.toContain(account.accountId);
  expect(text).not.toContain(account.identity.sub);
});

test("refreshes are counted by how they came out", async () => {
  const account = await connected(testbed.google);
  await testbed.google.fault({ kind: "5xx", target: "token", email: account.identity.email, count: 1 });
  const rejected = await accessTokenFor(account.accountId);
  await expect(accessTokenFor(account.accountId, { rejected })).rejects.toThrow();
  await database().account.update({ where: { id: account.accountId }, data: { unansweredAt: null } });
  await accessTokenFor(account.accountId, { rejected });
  const text = await read();
  expect(valueIn(text, 'latchkey_refreshes_total{outcome="refreshed"}')).toBe(1);
  expect(valueIn(text, 'latchkey_refreshes_total{outcome="unavailable"}')).toBe(1);
});

test("what was not counted this time is gone from the roll-up", async () => {
  await database().rollUp.create({
    data: { name: "jobs", label: "long-gone due", value: 7, at: new Date("2026-01-01T00:00:00Z") },
  });
  await rollUp();
  expect(await database().rollUp.count({ where: { label: "long-gone due" } })).toBe(0);
});
