import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import { userIdOf } from "../../domain/ids.ts";
import { chooseLanguage } from "./choose-language.ts";
import { connected } from "./connected.fixture.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

test("a language is remembered of whoever chose it, and of nobody else", async () => {
  const [{ user }, other] = [await connected(testbed.google), await connected(testbed.google)];
  await chooseLanguage(user, "id");
  await chooseLanguage(user, "th");
  const languageOf = async (id: string) =>
    (await database().user.findUniqueOrThrow({ where: { id } })).language;
  expect(await languageOf(user.id)).toBe("th");
  expect(await languageOf(other.user.id)).toBeNull();
});

test("nothing is remembered of somebody whose last account is destroyed meanwhile, and nothing fails", async () => {
  const { user } = await connected(testbed.google);
  const gone = userIdOf("00000000-0000-7000-8000-000000000000");
  await expect(chooseLanguage({ ...user, id: gone }, "th")).resolves.toBeUndefined();
  expect(await database().user.count({ where: { id: gone } })).toBe(0);
});
