import fc from "fast-check";
import { expect, test } from "vitest";
import { formatBytes, formatNumber } from "./numbers.ts";
import { wordsIn } from "./words.ts";

const en = wordsIn("en");

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1 kB"],
  [184_320, "184 kB"],
  [999_499, "999 kB"],
  [999_500, "1.0 MB"],
  [999_999, "1.0 MB"],
  [1_000_000, "1.0 MB"],
  [25_000_000, "25.0 MB"],
])("%i bytes are %s", (value, text) => expect(formatBytes(en, value)).toBe(text));

test("a kilobyte's number has at most three digits", () => {
  fc.assert(
    fc.property(fc.nat(999_999), (value) => {
      expect(formatBytes(en, value)).toMatch(/^\d{1,3} k?B$|^1\.0 MB$/);
    }),
  );
});

test("thousands are set apart, as each language does it", () => {
  expect(formatNumber(en, 12_044)).toBe("12,044");
  expect(formatNumber(wordsIn("id"), 12_044)).toBe("12.044");
  expect(formatNumber(wordsIn("th"), 12_044)).toBe("12,044");
  expect(formatBytes(wordsIn("id"), 2_400_000)).toBe("2,4 MB");
});

test("one is one", () => {
  expect(en("pictures.images", { count: 1 })).toBe("1 remote image");
  expect(en("pictures.images", { count: 1_200 })).toBe("1,200 remote images");
});
