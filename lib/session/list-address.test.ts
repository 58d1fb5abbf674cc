import fc from "fast-check";
import { expect, test } from "vitest";
import { listAddress, readListAddress } from "./list-address.ts";

const account = "0190a000-0000-7000-8000-000000000001";

test("the first page of a label has a plain address", () => {
  expect(listAddress(account, "inbox", { query: "", cursor: "" })).toBe(`/mail/${account}/inbox`);
});

test("what an address says is read back as it was", () => {
  const query = fc.string({ unit: "grapheme", maxLength: 200 }).map((text) => text.trim());
  fc.assert(
    fc.property(
      query,
      fc.string({ unit: "grapheme" }),
      fc.string({ minLength: 1 }),
      (query, cursor, label) => {
        const url = new URL(listAddress(account, label, { query, cursor }), "http://here.test");
        expect(readListAddress(Object.fromEntries(url.searchParams))).toEqual({ query, cursor });
        expect(decodeURIComponent(url.pathname.split("/").slice(3).join("/"))).toBe(
          label === "." || label === ".." ? expect.anything() : label,
        );
      },
    ),
  );
});

test("a parameter that stands there twice counts once, and a missing one is empty", () => {
  expect(readListAddress({ q: ["a", "b"], cursor: ["c", "d"] })).toEqual({ query: "a", cursor: "c" });
  expect(readListAddress({})).toEqual({ query: "", cursor: "" });
});

test("a search is trimmed, and cut at 500 characters", () => {
  expect(readListAddress({ q: "  from:maya  " }).query).toBe("from:maya");
  expect(readListAddress({ q: "x".repeat(9_000) }).query).toHaveLength(500);
});
