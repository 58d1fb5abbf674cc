import { expect, it, vi } from "vitest";
import { perProcess } from "./per-process.ts";

it("is made once, whichever copy of the code asks", async () => {
  const make = vi.fn(() => new Map<string, number>());
  perProcess("a test's map", make)().set("one", 1);
  vi.resetModules();
  const other = await import("./per-process.ts");
  expect(other.perProcess).not.toBe(perProcess);
  expect(other.perProcess("a test's map", make)().get("one")).toBe(1);
  expect(make).toHaveBeenCalledOnce();
});

it("is made anew after it was taken, and only taken where it is", () => {
  const counter = perProcess("a test's counter", () => ({ count: 0 }));
  expect(counter.take()).toBeUndefined();
  counter().count = 7;
  expect(counter.take()).toEqual({ count: 7 });
  expect(counter()).toEqual({ count: 0 });
});
