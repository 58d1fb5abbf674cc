import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import { metadataPlace } from "../../mailbox/message-rows.ts";
import { enqueueDueMailJobs, timeSlice } from "../../queue/mail-jobs.ts";
import { connected } from "../accounts/connected.fixture.ts";
import { fill } from "../copy/copy.fixture.ts";
import { openCopy } from "../copy/open-copy.ts";
import { indexMailbox } from "./index-mailbox.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: 600, env: { QUOTA_UNITS_PER_MINUTE: "1000000" } });
  await testbed.google.quota({ on: false });
});
afterAll(() => testbed.close());

const columns = (accountId: AccountId) =>
  database().copiedMessage.findMany({
    where: { accountId },
    select: { messageId: true, threadId: true, senderKey: true, senderNameKey: true },
    orderBy: { messageId: "asc" },
  });

/** A copy as it was kept before there were columns: the thread's id is sealed. @returns what its columns are to be */
async function kept(accountId: AccountId) {
  const wanted = await columns(accountId);
  const { sealer } = await openCopy(accountId);
  for (const { messageId, metadataSealed, threadId } of await database().copiedMessage.findMany({
    where: { accountId },
  })) {
    const place = metadataPlace(messageId);
    const metadata = JSON.parse(Buffer.from(sealer.open(metadataSealed, place)).toString("utf8"));
    expect(metadata.threadId).toBeUndefined();
    const sealed = sealer.seal(Buffer.from(JSON.stringify({ threadId, ...metadata })), place);
    await database().copiedMessage.update({
      where: { accountId_messageId: { accountId, messageId } },
      data: { metadataSealed: sealed, threadId: null, senderKey: null, senderNameKey: null },
    });
  }
  await database().copyHead.update({ where: { accountId }, data: { indexedAt: null } });
  return wanted;
}

const over = () => timeSlice(0, new AbortController().signal);

async function filled(): Promise<AccountId> {
  const { accountId } = await connected(testbed.google);
  await fill(accountId);
  return accountId;
}

describe("a copy from before there were columns for threads and senders", () => {
  it("gets them from what is sealed, slice by slice, without a call to Google", async () => {
    const accountId = await filled();
    const wanted = await kept(accountId);
    expect(wanted.every(({ threadId, senderKey }) => threadId !== null && senderKey !== null)).toBe(true);
    const { calls } = await testbed.google.counters();
    expect(await indexMailbox(accountId, over())).toEqual({ done: false, waitMs: 0 });
    const half = await columns(accountId);
    expect(half.filter(({ threadId }) => threadId === null).length).toBeGreaterThan(0);
    while (!(await indexMailbox(accountId, over())).done);
    expect(await columns(accountId)).toEqual(wanted);
    expect((await testbed.google.counters()).calls).toEqual(calls);
    expect((await openCopy(accountId)).head?.indexedAt).not.toBeNull();
    expect(await indexMailbox(accountId, over())).toEqual({ done: true });
  });

  it("passes over what does not open", async () => {
    const accountId = await filled();
    const [first, ...others] = await kept(accountId);
    await database().copiedMessage.update({
      where: { accountId_messageId: { accountId, messageId: first?.messageId ?? "" } },
      data: { metadataSealed: Buffer.from("altered") },
    });
    while (!(await indexMailbox(accountId, over())).done);
    const [damaged, ...indexed] = await columns(accountId);
    expect(damaged?.threadId).toBeNull();
    expect(indexed).toEqual(others);
  });

  it("is worked on by the schedule; one that is done is not", async () => {
    const [old, whole] = [await filled(), await filled()];
    await database().copyHead.update({ where: { accountId: old }, data: { indexedAt: null } });
    await database().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
    await database().copyHead.updateMany({ data: { dueAt: new Date(0) } });
    await enqueueDueMailJobs();
    const jobs = await database().$queryRaw<{ key: string }[]>`
      SELECT key FROM graphile_worker.jobs WHERE key IN (${`index-mailbox:${old}`}, ${`index-mailbox:${whole}`})`;
    expect(jobs).toEqual([{ key: `index-mailbox:${old}` }]);
  });
});
