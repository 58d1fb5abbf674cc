import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import { env } from "../../env.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { readCopyHead } from "../../mailbox/copy-head.ts";
import { connected } from "../accounts/connected.fixture.ts";
import { mailboxFor, mailboxForJob } from "../google/mailbox-for.ts";
import { bookForPerson, QuotaPause } from "../google/quota.ts";
import { begunCopy } from "./begin-copy.ts";
import { openCopy } from "./open-copy.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

it("a page that waits for a job's beginning begins the copy itself when the job's share of the quota is used up", async () => {
  const { accountId } = await connected(testbed.google);
  const left = 10;
  await bookForPerson(accountId, { method: "messages.get", units: env().QUOTA_UNITS_PER_MINUTE - left });
  const copy = await openCopy(accountId);
  const job = mailboxForJob(accountId, "fill", new AbortController().signal);
  const [asked, waited] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow: Mailbox = {
    ...job,
    getProfile: async () => {
      asked.resolve();
      await waited.promise;
      return job.getProfile();
    },
  };
  const begunByJob = begunCopy(copy, slow);
  const refused = expect(begunByJob).rejects.toBeInstanceOf(QuotaPause);
  await asked.promise;
  const begunByPage = begunCopy(copy, mailboxFor(accountId));
  // The page asks the database once before it waits for the job: when all of these are answered, that is long answered.
  for (let asked = 0; asked < 30; asked += 1) expect(await readCopyHead(database(), accountId)).toBeNull();
  waited.resolve();
  await refused;
  expect((await begunByPage).head.accountId).toBe(accountId);
  expect(await readCopyHead(database(), accountId)).not.toBeNull();
});
