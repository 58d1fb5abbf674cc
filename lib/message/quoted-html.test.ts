import { describe, expect, it } from "vitest";
import { foldQuotes } from "./quoted-html.ts";
import { sanitize } from "./sanitize.ts";

const fold = (html: string) => foldQuotes(sanitize(html).html);
const CLOSED = '<details class="quoted"><summary>Quoted text</summary>';
const OPEN = '<details open class="quoted"><summary>Quoted text</summary>';

describe("quotes in HTML", () => {
  it("at the end are folded: Gmail, Thunderbird and Apple Mail", () => {
    expect(
      fold(
        '<p>Yes</p><div class="gmail_quote">On x wrote:<blockquote class="gmail_quote">Q</blockquote></div>',
      ),
    ).toBe(`<p>Yes</p>${CLOSED}<div>On x wrote:<blockquote>Q</blockquote></div></details>`);
    expect(fold('<p>Yes</p><blockquote type="cite">Q</blockquote>')).toBe(
      `<p>Yes</p>${CLOSED}<blockquote type="cite">Q</blockquote></details>`,
    );
  });

  it("that run on are folded to the end of what holds them: Outlook", () => {
    expect(fold('<div>Yes<div id="x_divRplyFwdMsg">From</div><div>Q</div></div><p></p>')).toBe(
      `<div>Yes${CLOSED}<div>From</div><div>Q</div></details></div><p></p>`,
    );
    const rule = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in";
    expect(fold(`<div><p>Yes</p><div><div style="${rule}"><p>From</p></div></div><p>Q</p></div>`)).toMatch(
      /^<div><p>Yes<\/p><details class="quoted">.*<p>Q<\/p><\/details><\/div>$/u,
    );
  });

  it("between the lines of an answer stay open", () => {
    expect(fold('<blockquote type="cite">Q1</blockquote>A1<blockquote type="cite">Q2</blockquote>')).toBe(
      `${OPEN}<blockquote type="cite">Q1</blockquote></details>A1${CLOSED}<blockquote type="cite">Q2</blockquote></details>`,
    );
  });

  it("stay open when they are all there is, and when they were forwarded", () => {
    expect(fold('<div class="gmail_quote">Q</div>')).toMatch(/^<details open/u);
    expect(fold('FYI<div class="gmail_quote">---------- Forwarded message ---------<br>Q</div>')).toContain(
      "<details open",
    );
  });

  it("leave other markup alone, and no marker behind", () => {
    const html = "<p>a &lt;details&gt; <b>b</b></p><blockquote>literature</blockquote>";
    expect(fold(html)).toBe(html);
    expect(fold('<p data-quote="whole">x</p>')).toBe("<p>x</p>");
  });
});
