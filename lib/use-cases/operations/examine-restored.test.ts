import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import { connected, newPerson } from "../accounts/connected.fixture.ts";
import { fill } from "../copy/copy.fixture.ts";
import { examineRestored } from "./examine-restored.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: null, env: { QUOTA_UNITS_PER_MINUTE: "100000000" } });
});
afterAll(() => testbed.close());

test("what TOKEN_KEYS opens is counted, and what it does not open is named by its account", async () => {
  const accounts = await Promise.all(
    [0, 120, 20, 20, 20, 20].map(async (messages) => {
      const { accountId } = await connected(testbed.google, await newPerson(testbed.google, messages));
      await fill(accountId);
      return accountId;
    }),
  );
  const [, large = "", cut = "", foreign = "", keyless = "", tokenless = ""] = accounts;
  const whole = await examineRestored();
  expect(whole).toMatchObject({ connected: 6, closed: new Map() });
  expect(whole.accounts.toSorted()).toEqual(accounts.toSorted());
  expect(whole.looked).toBeGreaterThan(20 + 20 + 100);

  const newest = { where: { accountId: large }, orderBy: { messageId: "desc" } } as const;
  const row = await database().copiedMessage.findFirstOrThrow(newest);
  const { accountId, messageId } = row;
  await database().copiedMessage.update({
    where: { accountId_messageId: { accountId, messageId } },
    data: { metadataSealed: row.metadataSealed.toReversed() },
  });
  await database().credential.update({
    where: { accountId: cut },
    data: { refreshTokenSealed: new Uint8Array(40) },
  });
  await database().dataKey.update({ where: { accountId: foreign }, data: { keyId: "k9" } });
  await database().dataKey.delete({ where: { accountId: keyless } });
  await database().credential.delete({ where: { accountId: tokenless } });
  const damaged = await examineRestored();
  expect(damaged.connected).toBe(2);
  expect(damaged.closed).toEqual(
    new Map<string | undefined, unknown>([
      [large, { altered: "copy", values: 1 }],
      [cut, { altered: "credential" }],
      [foreign, { missingKey: "k9" }],
      [keyless, { lacks: "data key" }],
      [tokenless, { lacks: "credential" }],
    ]),
  );
});
