import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answer } from "../fixtures/answer.ts";
import { violations } from "../fixtures/inspect-html.ts";
import { toRuns } from "../text/links.ts";
import { finishHtml } from "./finish-html.ts";
import { sanitize } from "./sanitize.ts";

const markUnbroken = (html: string) => finishHtml(html, answer).html;
const run = "x".repeat(700);

describe("a long run without a break", () => {
  it("may break anywhere, and what stands around it breaks between words", () => {
    expect(markUnbroken(`<p>Words ${run} more</p>`)).toBe(
      `<p>Words <span class="unbroken">${run}</span> more</p>`,
    );
    expect(markUnbroken("<p>Words</p>")).toBe("<p>Words</p>");
  });

  it("may break where entities and elements cut it up", () => {
    expect(markUnbroken(`<p>${"&amp;".repeat(400)}</p>`)).toContain('<p><span class="unbroken">&amp;');
    expect(markUnbroken("<b>x</b>y".repeat(2_000))).toMatch(/^<div class="unbroken">/u);
    expect(markUnbroken("<p>x</p>y ".repeat(2_000))).not.toContain("unbroken");
    expect(markUnbroken("<td>x</td>".repeat(5_000))).not.toContain("unbroken");
  });

  it("is marked in a text, and in a link of one", () => {
    expect(toRuns(`See ${run} there`)).toEqual([
      { text: "See " },
      { text: run, unbroken: true },
      { text: " there" },
    ]);
    const address = `https://example.org/${run}`;
    expect(toRuns(`See ${address}`)).toEqual([
      { text: "See " },
      { text: address, href: address, unbroken: true },
    ]);
  });

  it("adds nothing to sanitized markup but places to break", () => {
    const piece = fc.constantFrom(
      "<b>",
      "</b>",
      run,
      "&lt;script&gt;",
      " ",
      "<p title='x>y'>",
      "<a href=https://e.example/>",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const html = sanitize(pieces.join("")).html;
        const marked = markUnbroken(html);
        expect(violations(marked)).toEqual([]);
        // And to links their target.
        const added = /<\/?(?:span|div)(?: class="unbroken")?>| title="https:\/\/e\.example\/"/gu;
        const bare = (text: string) => text.replace(added, "");
        expect(bare(marked)).toBe(bare(html));
      }),
    );
  });

  it("makes no link of an address that is too long to follow", () => {
    expect(sanitize(`<a href="https://example.org/${"x".repeat(700_000)}">here</a>`).html).toBe(
      "<a>here</a>",
    );
  });
});
