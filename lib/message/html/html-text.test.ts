import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cpuMs } from "../fixtures/cpu-time.ts";
import { htmlToText } from "./html-text.ts";

describe("the text of HTML that nobody has sanitized", () => {
  it.each([
    ["<p>One</p><p>two<br>three</p>", "One\ntwo\nthree"],
    ["<table><tr><td>a</td><th>b</th></tr></table>", "a b"],
    ["a\n  b\tc&nbsp;&nbsp;d", "a b c  d"],
    ["&bdquo;Stra&szlig;e&ldquo; &amp;amp; &#x41; &lt;b&gt;", "„Straße“ &amp; A <b>"],
    ["<title>t</title><style>p > b {}</style ><script>if (a < b) x()</script>y<!-- <p>z -->", "y"],
    ["a<style>never closed <p>b", "a"],
    ["<p title='a > b'>c", "c"],
    ['<a href="never closed', ""],
    ["a < b > c", "a < b > c"],
    ["a&#0;b&#27;c&#x202e;d&#xd800;e", "a\ufffdbc\u202ed\ufffde"],
    ["<iframe>fallback</iframe><b>x", "x"],
  ])("%s", (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it("is had of anything, in time that grows with its length alone", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (html) => void htmlToText(html)));
    for (const piece of ["<b>", "</b>", "<a href='", "<!--", "&", "<style>", "<p ", "x\n"]) {
      const [once, fourfold] = [120_000, 480_000].map((length) => {
        const html = piece.repeat(length / piece.length);
        return Math.min(...[1, 2, 3].map(() => cpuMs(() => htmlToText(html))));
      });
      expect(fourfold, piece).toBeLessThan(Math.max(once ?? 0, 20) * 3.5 ** 2);
    }
  });
});
