import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "#dev/testbed/named.ts";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import type { SenderChange } from "../domain/sender-choice.ts";
import { env } from "../env.ts";
import { makeDataKey, sealerOf } from "../vault/data-key.ts";
import { forgetMailbox } from "./forget-mailbox.ts";
import { changeSenderChoice, listSenderChoices, readSenderChoice } from "./sender-choices.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

async function someAccount() {
  const email = "somebody@example.org";
  const row = await database().account.create({
    data: { sub: newId(), email, state: "ACTIVE", user: { create: { email } } },
  });
  const accountId = row.id as AccountId;
  const keys = env().TOKEN_KEYS;
  const { stored } = makeDataKey(keys, accountId);
  await database().dataKey.create({ data: { accountId, ...stored } });
  const sealer = sealerOf(keys, accountId, stored);
  return {
    accountId,
    change: (address: string, change: SenderChange) =>
      database().$transaction((tx) => changeSenderChoice(tx, sealer, accountId, address, change)),
    read: (address: string) => readSenderChoice(database(), sealer, accountId, address),
    list: () => listSenderChoices(database(), sealer, accountId),
  };
}

test("what is chosen for a sender is found by their address, however it is written", async () => {
  const { change, read } = await someAccount();
  await change("News@Shop.example", { showImages: true });
  expect(await read("news@shop.example")).toEqual({
    address: "News@Shop.example",
    showImages: true,
    originalColours: false,
  });
  expect(await read("news@other.example")).toBeNull();
  expect(await read("")).toBeNull();
});

test("one choice does not touch the other, and a choice of nothing is not kept", async () => {
  const { change, read, list } = await someAccount();
  await Promise.all([
    change("a@shop.example", { showImages: true }),
    change("a@shop.example", { originalColours: true }),
  ]);
  expect(await read("a@shop.example")).toMatchObject({ showImages: true, originalColours: true });
  await change("a@shop.example", { showImages: false });
  expect(await read("a@shop.example")).toMatchObject({ showImages: false, originalColours: true });
  await change("a@shop.example", { originalColours: false });
  expect(await list()).toEqual([]);
});

test("choices are listed by address, for their account alone", async () => {
  const [one, other] = [await someAccount(), await someAccount()];
  await one.change("b@shop.example", { showImages: true });
  await one.change("a@shop.example", { showImages: true });
  await other.change("c@shop.example", { showImages: true });
  expect((await one.list()).map(({ address }) => address)).toEqual(["a@shop.example", "b@shop.example"]);
  expect(await other.read("a@shop.example")).toBeNull();
});

test("the database holds no address, and nothing for an account that is gone", async () => {
  const { accountId, change } = await someAccount();
  await change("reader@shop.example", { showImages: true });
  const [row] = await database().senderChoice.findMany({ where: { accountId } });
  expect(Buffer.from(row?.choiceSealed ?? []).toString("latin1")).not.toContain("shop.example");
  await database().$transaction(async (tx) => {
    await tx.account.delete({ where: { id: accountId } });
    await forgetMailbox(tx, accountId);
  });
  await change("reader@shop.example", { showImages: true });
  expect(await database().senderChoice.count({ where: { accountId } })).toBe(0);
});
