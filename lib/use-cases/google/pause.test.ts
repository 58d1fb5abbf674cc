import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FaultOrder } from "#dev/google/faults.ts";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import { mailListOf } from "../../domain/mail-list.ts";
import { staleWords, troubleWords } from "../../i18n/trouble-words.ts";
import { wordsIn } from "../../i18n/words.ts";
import { pauseLeftMs } from "../../mailbox/quota.ts";
import { requestCopy } from "../../request/read-once.ts";
import { type Connected, connected, connectedAndExpired, newPerson } from "../accounts/connected.fixture.ts";
import { begunCopy } from "../copy/begin-copy.ts";
import { fill, headOf } from "../copy/copy.fixture.ts";
import { openCopy } from "../copy/open-copy.ts";
import { readMessagePage } from "../lists/read-message-page.ts";
import { readRawMessage } from "../messages/read-raw-message.ts";
import { workOnMailbox } from "../sync/work-on-mailbox.ts";
import { accessTokenFor } from "./access-token-for.ts";
import { mailboxFor, mailboxForJob } from "./mailbox-for.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: null });
});
afterAll(() => testbed.close());
beforeEach(() => testbed.google.clearFaults());

async function filled(): Promise<Connected> {
  const account = await connected(testbed.google, await newPerson(testbed.google, 8));
  await fill(account.accountId);
  return account;
}

const callsOf = async ({ identity }: Connected): Promise<number> => {
  const { byPerson } = await testbed.google.counters();
  return Object.values(byPerson[identity.email] ?? {}).reduce((sum, calls) => sum + calls, 0);
};

const work = (accountId: AccountId) =>
  workOnMailbox({ task: "sync-mailbox", accountId }, new AbortController().signal);

const search = async ({ accountId }: Connected) => {
  const list = mailListOf("all");
  if (!list) throw new Error("There is all mail.");
  const outcome = await readMessagePage(requestCopy(accountId), { list, query: "subject:a", cursor: "" });
  return outcome.ok ? null : outcome.trouble;
};

const isOver = ({ accountId }: Connected) =>
  database().account.update({ where: { id: accountId }, data: { askAgainAt: new Date(Date.now() - 1) } });

const inAMinute = () => new Date(Date.now() + 60_000).toUTCString();

describe("a pause that Google asks for", () => {
  it.each<[string, FaultOrder]>([
    ["429", { kind: "429", retryAfterSeconds: 60, target: "gmail" }],
    ["503", { kind: "5xx", retryAfterSeconds: 60, target: "gmail" }],
    ["403", { kind: "403", reason: "userRateLimitExceeded", retryAfterSeconds: 60, target: "gmail" }],
    [
      "a date",
      { kind: "error", status: 429, reason: "rateLimitExceeded", retryAfter: inAMinute(), target: "gmail" },
    ],
    [
      "its words",
      {
        kind: "error",
        status: 429,
        reason: "rateLimitExceeded",
        message: `User-rate limit exceeded.  Retry after ${new Date(Date.now() + 60_000).toISOString()}`,
        target: "gmail",
      },
    ],
  ])("by %s is kept by jobs, pages, searches and downloads, and ends by itself", async (_, fault) => {
    const account = await filled();
    const { accountId, identity } = account;
    const [{ id = "" } = {}] = (await testbed.google.mailbox(identity.email)).messages;
    await testbed.google.fault({ ...fault, email: identity.email, count: 1 });
    await expect(work(accountId)).rejects.toThrow();
    const before = await callsOf(account);
    const { trouble } = await headOf(accountId);
    expect(trouble?.what.kind).toBe("rate-limited");
    for (let look = 0; look < 3; look += 1) {
      await work(accountId);
      const told = await search(account);
      if (told?.kind !== "rate-limited" || told.untilMs === null) throw new Error(JSON.stringify(told));
      expect(told.untilMs - Date.now()).toBeGreaterThan(20_000);
      expect(troubleWords(wordsIn("en"), told).text).toMatch(
        /ends by itself (in \d\d seconds|within a minute|in about 1 minute)/,
      );
      expect(staleWords(wordsIn("en"), told).text).toMatch(
        /ends by itself (in \d\d seconds|within a minute|in about 1 minute)/,
      );
      expect(
        await readRawMessage(accountId, id as MessageId, "UTC", new AbortController().signal),
      ).toMatchObject({
        ok: false,
      });
    }
    expect(await callsOf(account)).toBe(before);
    await isOver(account);
    expect(await search(account)).toBeNull();
    await work(accountId);
    expect((await headOf(accountId)).trouble).toBeNull();
  });

  it("for one part of a batch is one for all", async () => {
    const account = await connected(testbed.google, await newPerson(testbed.google, 8));
    const { email } = account.identity;
    await testbed.google.fault({ kind: "batch-parts-429", parts: 1, retryAfterSeconds: 60, email, count: 1 });
    await expect(fill(account.accountId)).rejects.toThrow();
    expect(await pauseLeftMs(database(), account.accountId)).toBeGreaterThan(50_000);
    expect(await database().failedMessage.count({ where: { accountId: account.accountId } })).toBe(0);
  });

  it("for a day is kept for an hour", async () => {
    const account = await filled();
    await testbed.google.fault({
      kind: "429",
      retryAfterSeconds: 86_400,
      email: account.identity.email,
      count: 1,
    });
    await expect(work(account.accountId)).rejects.toThrow();
    const leftMs = await pauseLeftMs(database(), account.accountId);
    expect(leftMs).toBeGreaterThan(3_500_000);
    expect(leftMs).toBeLessThanOrEqual(3_600_000);
  });

  it("by the token endpoint is kept by everybody who needs a token", async () => {
    const { accountId, identity } = await connectedAndExpired(testbed.google);
    const { email } = identity;
    await testbed.google.fault({ kind: "429", retryAfterSeconds: 60, target: "token", email, count: 1 });
    const refused = { code: "rate-limited" };
    await expect(accessTokenFor(accountId)).rejects.toMatchObject(refused);
    const refreshes = async () => (await testbed.google.counters()).byPerson[email]?.["token.refresh_token"];
    const before = await refreshes();
    for (let ask = 0; ask < 3; ask += 1)
      await expect(accessTokenFor(accountId)).rejects.toMatchObject(refused);
    expect(await refreshes()).toBe(before);
    await database().account.update({ where: { id: accountId }, data: { askAgainAt: null } });
    expect(await accessTokenFor(accountId)).toBeTruthy();
  });
});

it("a page that waits for what a job has begun does not take the job's pause for its own", async () => {
  const account = await connected(testbed.google, await newPerson(testbed.google, 3));
  const { accountId } = account;
  // Nine tenths of the minute are spent, and the owner is there: filling has no room, a page has.
  const nowMs = BigInt(Date.now());
  await database().quotaWindow.create({ data: { accountId, moments: [nowMs], units: [5_400] } });
  await database().account.update({ where: { id: accountId }, data: { lastReadAt: new Date() } });
  const copy = await openCopy(accountId);
  const [job, page] = await Promise.allSettled([
    begunCopy(copy, mailboxForJob(accountId, "fill", new AbortController().signal)),
    begunCopy(copy, mailboxFor(accountId)),
  ]);
  expect([job.status, page.status]).toEqual(["rejected", "fulfilled"]);
});
