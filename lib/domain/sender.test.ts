import { describe, expect, it } from "vitest";
import { comparableAddress, comparableName } from "./sender.ts";

describe("names that look alike are one", () => {
  it.each([
    ["Hendra Wijaya", "hendra  WIJAYA"],
    ["Hendra Wijaya", "Wijaya, Hendra"],
    ["Hendra Wijaya", "Неndrа Wijаyа"],
    ["สมชาย ใจดี", "สมชาย  ใจดี"],
    ["Ｈendra", "Hendra"],
  ])("%s, %s", (one, other) => {
    expect(comparableName(one)).toBe(comparableName(other));
  });

  it("and others are not", () => {
    expect(comparableName("Hendra Wijaya")).not.toBe(comparableName("Hendra Wijayanto"));
    expect(comparableName("สมชาย")).not.toBe(comparableName("สมหญิง"));
  });

  it("and nothing is no name", () => {
    for (const name of ["", " ", "…", "\u200b"]) expect(comparableName(name)).toBeNull();
  });
});

describe("addresses", () => {
  it("are compared without case", () => {
    expect(comparableAddress(" Maya@Example.ORG ")).toBe("maya@example.org");
    expect(comparableAddress("maya@example.org")).not.toBe(comparableAddress("mаya@example.org"));
    expect(comparableAddress("  ")).toBeNull();
  });
});
