import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { closeDatabase, database } from "../../db/client.ts";
import { limits } from "./limits.ts";
import { isSpent, limiters, spend, sweepLimits } from "./spend.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

/** As another process would begin. */
const forgetInMemory = () => void limiters.take();

const spendTimes = async (who: string, times: number) => {
  const answers = [];
  for (let done = 0; done < times; done += 1) answers.push(await spend("change", who));
  return answers;
};

test("what is within the limit goes on, and the next is told when to come again", async () => {
  const answers = await spendTimes("somebody", limits.change.points + 1);
  expect(answers.slice(0, -1)).toEqual(Array(limits.change.points).fill(null));
  expect(answers.at(-1)).toBeGreaterThan(0);
  expect(answers.at(-1)).toBeLessThanOrEqual(limits.change.seconds);
  expect(await isSpent("change", "somebody")).toBeGreaterThan(0);
});

test("another one, and another kind, is counted apart", async () => {
  await spendTimes("the first", limits.change.points + 1);
  expect(await spend("change", "the second")).toBeNull();
  expect(await spend("search", "the first")).toBeNull();
});

test("processes count together", async () => {
  await spendTimes("both", limits.change.points);
  forgetInMemory();
  expect(await spend("change", "both")).toBeGreaterThan(0);
});

test("a limit that holds is held against many at once", async () => {
  const answers = await Promise.all(
    Array.from({ length: limits.change.points * 2 }, () => spend("change", "at once")),
  );
  expect(answers.filter((answer) => answer === null)).toHaveLength(limits.change.points);
});

test("counts whose time is over are removed, others stay", async () => {
  await spend("change", "stays");
  await database().rateLimit.create({ data: { key: "change:over", points: 1, expire: 1n } });
  await sweepLimits();
  const keys = (await database().rateLimit.findMany({ select: { key: true } })).map(({ key }) => key);
  expect(keys).toContain("change:stays");
  expect(keys).not.toContain("change:over");
});

test("with the database away each process counts for itself", async () => {
  await closeDatabase();
  forgetInMemory();
  const url = process.env.DATABASE_URL ?? "";
  const { env } = await import("../../env.ts");
  Object.assign(env(), { DATABASE_URL: url.replace(/:\d+\//, ":1/") });
  const answers = await spendTimes("alone", limits.change.points + 1);
  expect(answers.filter((answer) => answer === null)).toHaveLength(limits.change.points);
  await closeDatabase();
  Object.assign(env(), { DATABASE_URL: url });
});
