import { expect, it } from "vitest";
import { shownRun } from "./unbroken.ts";

it("a run of letters that browsers are quick with stays whole", () => {
  const run = "x".repeat(700_000);
  expect(shownRun(run)).toBe(run);
});

it("another is cut, and never within a character or an entity", () => {
  expect(shownRun("漢".repeat(700_000))).toBe(`${"漢".repeat(50_000)}…`);
  expect(shownRun(`${"漢".repeat(49_998)}&amp;漢`)).toBe(`${"漢".repeat(49_998)}…`);
  expect(shownRun(`${"漢".repeat(49_999)}😀`)).toBe(`${"漢".repeat(49_999)}…`);
});
