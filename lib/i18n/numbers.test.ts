import fc from "fast-check";
import { expect, test } from "vitest";
import { bytes, counted, number } from "./numbers.ts";

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
])("%i bytes are %s", (value, text) => expect(bytes(value)).toBe(text));

test("a kilobyte's number has at most three digits", () => {
  fc.assert(
    fc.property(fc.nat(999_999), (value) => {
      expect(bytes(value)).toMatch(/^\d{1,3} k?B$|^1\.0 MB$/);
    }),
  );
});

test("thousands are set apart, and one is one", () => {
  expect(number(12_044)).toBe("12,044");
  expect(counted(1, "image", "images")).toBe("1 image");
  expect(counted(0, "image", "images")).toBe("0 images");
  expect(counted(1_200, "image", "images")).toBe("1,200 images");
});
