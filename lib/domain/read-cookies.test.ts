import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCookies } from "./read-cookies.ts";

describe("a browser's cookies", () => {
  it("are read by name; of two with one name the later counts", () => {
    expect([...readCookies("a=1; b=2;c=3 ; a=4")]).toEqual([
      ["a", "4"],
      ["b", "2"],
      ["c", "3"],
    ]);
  });

  it.each([
    ["none", null, {}],
    ["empty pairs", "; ;=;=x; a=1", { a: "1" }],
    ["a value with equals signs", "a=b=c==", { a: "b=c==" }],
    ["percent signs", "a=%41%C3%A4; b=%; c=%zz; d=%ff", { a: "Aä", b: "%", c: "%zz", d: "%ff" }],
    ["quotes and commas", 'a="x,y"', { a: '"x,y"' }],
    [
      "names of objects' own",
      "__proto__=x; constructor=y; a=1",
      { ["__proto__"]: "x", constructor: "y", a: "1" },
    ],
    ["bytes that are not ASCII", "a=\u00e4\u0000\u007f; b=1", { a: "\u00e4\u0000\u007f", b: "1" }],
  ])("may hold %s", (_what, header, cookies) => {
    expect([...readCookies(header)]).toEqual(Object.entries(cookies));
  });

  it("can never fail a request", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (header) => void readCookies(header)));
  });
});
