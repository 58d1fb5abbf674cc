import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answer } from "../fixtures/answer.ts";
import { hostileHtml } from "../fixtures/hostile-html.ts";
import { finishHtml } from "./finish-html.ts";
import { sanitize } from "./sanitize.ts";

const finish = (html: string) => finishHtml(sanitize(html).html, answer);

/** Two ways to write the same: an empty attribute, and elements that hold nothing. */
const written = (html: string) =>
  html.replaceAll(' alt=""', " alt").replace(/<(wbr|col)((?: [^<>]*)?)><\/\1>/gu, "<$1$2 />");
const withoutOurs = (html: string) =>
  html
    .replace(/<details(?: open)? class="quoted"><summary>Quoted text<\/summary>|<\/details>/gu, "")
    .replace(/ data-quote="[a-z]+"/gu, "");

describe("finished HTML", () => {
  it("is what the sanitizer wrote, but for folds and without markers, whatever that is", () => {
    const piece = fc.constantFrom(
      ...hostileHtml,
      "<p>",
      "</p>",
      "<br>",
      "<col>",
      "<wbr>",
      "<td nowrap>",
      "&lt;script&gt;",
      "&amp;lt;b&amp;gt;",
      "<p title='&quot;>&lt;/p>'>",
      "<img src=cid:a>",
      '<blockquote type="cite">',
      "</blockquote>",
      '<div class="gmail_quote">',
      '<div class="gmail_attr">',
      '<div id="divRplyFwdMsg">',
      "</div>",
      "]]>",
      "<![CDATA[",
      "text ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const sanitized = sanitize(pieces.join("")).html;
        const { html } = finishHtml(sanitized, answer);
        expect(withoutOurs(html)).toBe(written(withoutOurs(sanitized)));
      }),
      { numRuns: 1_000 },
    );
  });

  it("says what there is to see and to read", () => {
    const { isVisible, text } = finish(
      "<p>One &amp; two<br>three</p><table><tr><td>a</td><td>b</td></tr></table>",
    );
    expect(isVisible).toBe(true);
    expect(text()).toBe("One & two\nthree\na b");
    expect(finish('<div><p> &nbsp;</p><span class="x"></span></div>').isVisible).toBe(false);
    for (const picture of ["<img src=cid:a>", "<img src=https://example.org/a.png>"])
      expect(finish(picture).isVisible, picture).toBe(true);
  });

  it("is made of markup that nests as deep as is read, and of megabytes of it", () => {
    const deep = finish(`${"<div>".repeat(900)}${"<b>x</b> y ".repeat(100_000)}`);
    expect(deep.text().startsWith("x y")).toBe(true);
    expect(deep.html).not.toContain("undefined");
  });
});
