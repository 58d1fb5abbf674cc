import fc from "fast-check";
import { expect, it } from "vitest";
import { parseQuery } from "#dev/google/search/query.ts";
import { mailFromQuery, mailToQuery } from "./person-query.ts";

it.each([
  ["sari.w+pond@example.org", "from:sari.w+pond@example.org"],
  ["o'hara@example.org", 'from:"o\'hara@example.org"'],
  ['"ann lee"@example.org', 'from:"ann lee @example.org"'],
  ["{a b}@example.org", 'from:"{a b}@example.org"'],
  ["-a@example.org", 'from:"-a@example.org"'],
  ["ส@ไทย.example", 'from:"ส@ไทย.example"'],
  ['a" OR in:anywhere "@b.example', 'from:"a OR in:anywhere @b.example"'],
])("finds what %s sent", (address, query) => {
  expect(mailFromQuery(address)).toBe(query);
});

it("is one condition whatever stands in the address", () => {
  const piece = fc.constantFrom(
    '"',
    "\\",
    "(",
    ")",
    "{",
    "}",
    " OR ",
    "-",
    "in:spam",
    "a",
    "@",
    "\t",
    "“",
    ":",
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 20 }), (pieces) => {
      const address = `x${pieces.join("")}`;
      expect(onlyCondition(mailFromQuery(address))).toMatchObject({ kind: "operator", name: "from" });
      expect(onlyCondition(mailToQuery(address))).toMatchObject({ kind: "operator", name: "to" });
    }),
  );
});

function onlyCondition(query: string): unknown {
  const read = parseQuery(query);
  return read.kind === "and" && read.of.length === 1 ? read.of[0] : read;
}
