import { expect, test } from "vitest";
import { formatDuration } from "./durations.ts";
import { wordsIn } from "./words.ts";

test.each([
  [0, "0 secs"],
  [1_499, "1 sec"],
  [119_000, "119 secs"],
  [120_000, "2 mins"],
  [7_100_000, "118 mins"],
  [86_400_000, "24 hrs"],
  [200_000_000, "2 days"],
])("%i ms are %s", (ms, text) => expect(formatDuration(wordsIn("en"), ms)).toBe(text));

test("each language has its own words for it", () => {
  expect(formatDuration(wordsIn("id"), 8_000)).toBe("8 dtk");
  expect(formatDuration(wordsIn("th"), 180_000)).toBe("3 นาที");
});
