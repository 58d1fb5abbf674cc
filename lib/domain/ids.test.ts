import { expect, it } from "vitest";
import { accountIdOf, asAccountId, asMessageId, userIdOf } from "./ids.ts";

const uuid = "0190a000-0000-7000-8000-000000000001";

it("takes a UUID for an account's id, and nothing else", () => {
  expect(asAccountId(uuid)).toBe(uuid);
  for (const text of ["", "1", `${uuid}0`, ` ${uuid}`, `${uuid}\n`, "../accounts"])
    expect(asAccountId(text)).toBeNull();
});

it("refuses what the database cannot have given", () => {
  expect(accountIdOf(uuid)).toBe(uuid);
  expect(userIdOf(uuid)).toBe(uuid);
  expect(() => accountIdOf("1")).toThrow(TypeError);
  expect(() => userIdOf("")).toThrow(TypeError);
});

it("takes letters, digits, - and _ for a message's id, 64 at most", () => {
  expect(asMessageId("18f0a1b2c3d4e5f6")).toBe("18f0a1b2c3d4e5f6");
  for (const text of ["", "a/b", "a.b", "ä", "x".repeat(65)]) expect(asMessageId(text)).toBeNull();
});
