import fc from "fast-check";
import { expect, test } from "vitest";
import { listPath } from "../domain/paths.ts";
import { safeReturnPath } from "../session/return-path.ts";
import { readListAddress } from "./search-params.ts";

const account = "0190a000-0000-7000-8000-000000000001";

test("the first page of a label has a plain address", () => {
  expect(listPath(account, "inbox", { query: "", cursor: "" })).toBe(`/mail/${account}/inbox`);
});

/** What people may send, in any script; and long ones that are one sign over and over. */
const queries = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 600 }),
  fc.string({ unit: "binary", maxLength: 600 }),
  fc.string({ unit: fc.constantFrom("ก", "'", "(", "~", " ", "%", "😀", "é", "\ud800"), maxLength: 600 }),
);
// A label's id is never a dot: such a path is another one.
const labels = fc.string({ minLength: 1 }).filter((label) => label !== "." && label !== "..");

test("what an address says is read back as it was", () => {
  fc.assert(
    fc.property(queries, fc.string({ unit: "grapheme" }), labels, (q, cursor, label) => {
      const asked = readListAddress({ q: q.toWellFormed(), cursor });
      const url = new URL(listPath(account, label, asked), "http://here.test");
      expect(readListAddress(Object.fromEntries(url.searchParams))).toEqual(asked);
      expect(decodeURIComponent(url.pathname.split("/").slice(3).join("/"))).toBe(label);
    }),
  );
});

test("no search is so long that it is lost at the door, or makes a request too long for proxies", () => {
  fc.assert(
    fc.property(queries, (q) => {
      const path = listPath(account, "inbox", { ...readListAddress({ q }), cursor: "" });
      expect(safeReturnPath(path)).toBe(path);
      expect(path.length).toBeLessThan(1_200);
    }),
  );
});

test("a parameter that stands there twice counts once, and a missing one is empty", () => {
  expect(readListAddress({ q: ["a", "b"], cursor: ["c", "d"] })).toEqual({ query: "a", cursor: "c" });
  expect(readListAddress({})).toEqual({ query: "", cursor: "" });
});

test("a search is trimmed, and cut at 500 characters or where it is too long for an address", () => {
  expect(readListAddress({ q: "  from:maya  " }).query).toBe("from:maya");
  expect(readListAddress({ q: "x".repeat(9_000) }).query).toHaveLength(500);
  expect(readListAddress({ q: "ก".repeat(9_000) }).query).toBe("ก".repeat(122));
});
