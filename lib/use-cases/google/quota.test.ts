import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import { GmailError } from "../../gmail/gmail-error.ts";
import { timeSlice } from "../../queue/mail-jobs.ts";
import { connected, newPerson } from "../accounts/connected.fixture.ts";
import { headOf, sync } from "../copy/copy.fixture.ts";
import { fillMailbox } from "../sync/fill-mailbox.ts";
import { syncIfStale } from "../sync/sync-if-stale.ts";
import { bookForPerson, QuotaPause } from "./quota.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: 400, env: { QUOTA_UNITS_PER_MINUTE: "6000" } });
});
afterAll(() => testbed.close());

const aSlice = () => timeSlice(60_000, new AbortController().signal);

/** Fills for a minute's worth of turns: between them so much time passes as it is told to wait. */
async function fillForAMinute(accountId: AccountId): Promise<void> {
  for (let passedMs = 0; passedMs < 60_000; ) {
    const pause = await fillMailbox(accountId, aSlice()).catch((error: unknown) => error);
    if (!(pause instanceof QuotaPause)) throw pause;
    passedMs += pause.waitMs;
    if (passedMs < 60_000) await pass(accountId, pause.waitMs);
  }
}

/** The pace goes on, and what was spent stays in the minute. */
const pass = (accountId: AccountId, ms: number) => database().$executeRaw`
  UPDATE "QuotaWindow" SET "pacedTo" = "pacedTo" - ${ms}::int WHERE "accountId" = ${accountId}::uuid`;

it("filling pauses within the quota, and leaves a quarter of it to whoever reads; Google never has to say no", async () => {
  const account = await connected(testbed.google, await newPerson(testbed.google));
  const { accountId, identity } = account;
  await syncIfStale(accountId);
  await testbed.google.resetCounters();
  await fillForAMinute(accountId);
  const { quotaUnits } = await testbed.google.counters();
  expect(quotaUnits).toBeLessThanOrEqual(4_500);
  expect(quotaUnits).toBeGreaterThan(4_500 - 25);
  // What is new comes all the same.
  await testbed.google.deliver(identity.email, { subject: "In the middle of a filling" });
  const before = (await headOf(accountId)).messages;
  await sync(accountId).catch((error) => expect(error).toBeInstanceOf(QuotaPause));
  expect((await headOf(accountId)).messages).toBeGreaterThan(before);
  await bookForPerson(accountId, { method: "messages.get", units: 1_000 });
  const refused = bookForPerson(accountId, { method: "messages.get", units: 1_000 });
  await expect(refused).rejects.toMatchObject({ code: "rate-limited", reason: "own-limit" });
  await expect(refused).rejects.toBeInstanceOf(GmailError);
});
