import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "./client.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: null });
});
afterAll(() => testbed.close());

test("a transaction may take longer than Prisma's five seconds: some change every row of a large mailbox", async () => {
  const done = await database().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_sleep(5.5)`;
    return tx.account.count();
  });
  expect(done).toBe(0);
});
