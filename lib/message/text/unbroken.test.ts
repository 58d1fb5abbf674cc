import { expect, it } from "vitest";
import { cpuMs } from "../fixtures/cpu-time.ts";
import { shownRun, splitUnbroken } from "./unbroken.ts";

it("a run of letters that browsers are quick with stays whole", () => {
  const run = "x".repeat(700_000);
  expect(shownRun(run)).toBe(run);
});

it("another is cut, and never within a character or an entity", () => {
  expect(shownRun("漢".repeat(700_000))).toBe(`${"漢".repeat(50_000)}…`);
  expect(shownRun(`${"漢".repeat(49_998)}&amp;漢`)).toBe(`${"漢".repeat(49_998)}…`);
  expect(shownRun(`${"漢".repeat(49_999)}😀`)).toBe(`${"漢".repeat(49_999)}…`);
});

it("runs that are just too short to break cost no more than others", () => {
  const of = (length: number) => `${"x".repeat(length)} `.repeat(4_000_000 / length);
  splitUnbroken(of(9));
  const short = cpuMs(() => splitUnbroken(of(9)));
  expect(cpuMs(() => expect(splitUnbroken(of(499))).toHaveLength(1))).toBeLessThan(short * 5);
  expect(splitUnbroken(`a ${"x".repeat(500)} b`).map(({ unbroken }) => unbroken)).toEqual([
    false,
    true,
    false,
  ]);
});
