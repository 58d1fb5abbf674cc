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
    ["(https://en.wikipedia.org/wiki/Foo_(bar))", ["https://en.wikipedia.org/wiki/Foo_(bar)"]],
    [
      "[text](https://example.org/a), *https://example.org/b*",
      ["https://example.org/a", "https://example.org/b"],
    ],
    ["_https://example.org/a_ https://example.org/b_", ["https://example.org/a", "https://example.org/b_"]],
    [
      "https://example.org/a… https://example.org/?a=b; https://example.org/!",
      ["https://example.org/a", "https://example.org/?a=b", "https://example.org/"],
    ],
    [
      "<URL:http://example.org/x> <mailto:a@b.org?subject=Hi>",
      ["http://example.org/x", "mailto:a@b.org?subject=Hi"],
    ],
    [
      "ดูที่https://example.org/pathและwww.example.co.thครับ",
      ["https://example.org/path", "http://www.example.co.th"],
    ],
    ["ดูที่ https://example.org/ทดสอบ ครับ", ["https://example.org/ทดสอบ"]],
    [
      "请访问https://example.org/a，谢谢。见「https://例え.jp/」",
      ["https://example.org/a", "https://例え.jp/"],
    ],
    ["อีเมลa@b.co.thครับ 邮箱c@d.com请", ["mailto:a@b.co.th", "mailto:c@d.com"]],
    ["https://пример.рф/путь http://bücher.example/", ["https://пример.рф/путь", "http://bücher.example/"]],
    [
      "Joe_Recipient@example.com a~b@example.com",
      ["mailto:Joe_Recipient@example.com", "mailto:a~b@example.com"],
    ],
    ["tokopedia.co.id/promo", ["http://tokopedia.co.id/promo"]],
    ["http://bank.example:x@example.org/", []],
    [
      "https://example.org/a\u202eb https://example.org/c\u200bd",
      ["https://example.org/a", "https://example.org/c"],
    ],
    [`${"word ".repeat(4_000)}https://example.org/`, ["https://example.org/"]],
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
