import { expect, it } from "vitest";
import { distinctNames } from "./distinct-names.ts";

it("numbers names that file systems take for the same", () => {
  expect(
    distinctNames(["a.txt", "A.TXT", "a (2).txt", "a.txt", "ก.pdf", "ก.pdf", "café", "cafe\u0301"]),
  ).toEqual([
    "a.txt",
    "A (2).TXT",
    "a (2) (2).txt",
    "a (3).txt",
    "ก.pdf",
    "ก (2).pdf",
    "café",
    "cafe\u0301 (2)",
  ]);
});
