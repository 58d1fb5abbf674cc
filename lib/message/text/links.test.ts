import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toRuns } from "./links.ts";

const hrefs = (text: string) => toRuns(text).flatMap((run) => run.href ?? []);

describe("links in a text", () => {
  it.each([
    ["see https://example.org/a?b=c.", ["https://example.org/a?b=c"]],
    ["<http://example.org/>", ["http://example.org/"]],
    ["write to sari@example.org", ["mailto:sari@example.org"]],
    ["www.kompas.co.id and example.com/x", ["http://www.kompas.co.id", "http://example.com/x"]],
    ["file.md main.rs node.js a.sh v1.2.3 //example.org", []],
    ["javascript:alert(1) ftp://example.org data:text/html,x vbscript:x", []],
  ])("%s", (text, expected) => {
    expect(hrefs(text)).toEqual(expected);
  });

  it("lose no character, and only lead to http, https and mailto", () => {
    const piece = fc.constantFrom(
      "http://",
      "a.com",
      "@",
      "\n",
      " ",
      "javascript:",
      "www.",
      "ก",
      "mailto:x@y.org",
      "//",
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string())).map((list) => list.join("")),
        (text) => {
          expect(
            toRuns(text)
              .map((run) => run.text)
              .join(""),
          ).toBe(text);
          for (const href of hrefs(text)) expect(href).toMatch(/^(?:https?:\/\/|mailto:)/iu);
        },
      ),
    );
  });
});
