import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countRemote } from "../../domain/remote-content.ts";
import { answer } from "../fixtures/answer.ts";
import { hostileHtml } from "../fixtures/hostile-html.ts";
import { violations } from "../fixtures/inspect-html.ts";
import { finishHtml } from "./finish-html.ts";
import { sanitize, TooDeepError } from "./sanitize.ts";

const clean = (html: string) => sanitize(html).html;

describe("sanitized HTML", () => {
  it.each(hostileHtml)("holds nothing that runs or loads: %s", (html) => {
    expect(violations(finishHtml(clean(html), answer).html)).toEqual([]);
  });

  it("holds nothing that runs or loads, whatever it is made of", () => {
    const piece = fc.oneof(
      fc.constantFrom(...hostileHtml),
      fc.constantFrom(
        "<",
        ">",
        "</",
        "/>",
        "'",
        '"',
        "=",
        "&lt;",
        "&#60;",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "\u0000",
        " ",
        "`",
      ),
      fc.constantFrom(
        "<p ",
        "<img ",
        "<a ",
        "<svg>",
        "<math>",
        "<style>",
        "<title>",
        "<table>",
        "<td>",
        "<template>",
        "<xmp>",
        "<plaintext>",
      ),
      fc.constantFrom(
        "href=",
        "src=",
        "style=",
        "onload=",
        "background=",
        "srcset=",
        "id=",
        "javascript:",
        "url(",
        "\\75 rl(",
        "cid:x",
        "data:image/png;base64,AA==",
      ),
      fc.string({ maxLength: 10 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        expect(violations(finishHtml(clean(pieces.join("")), answer).html)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it("keeps what a newsletter is made of", () => {
    expect(
      clean(
        '<table width="600" cellpadding="0" style="border-collapse:collapse"><tr><td align="center" valign="top" style="padding:10px;font-family:Arial">x</td></tr></table><center>y</center>',
      ),
    ).toBe(
      '<table width="600" cellpadding="0" style="border-collapse:collapse"><tr><td align="center" valign="top" style="padding:10px;font-family:Arial">x</td></tr></table><center>y</center>',
    );
  });

  it("gives each colour one for the dark beside it, those of attributes as rules without weight", () => {
    const { html, css, hasOwnColors } = sanitize(
      '<body bgcolor="ffffff" text="#000"><p style="color:#333;border:1px solid windowtext">x</p></body>',
    );
    expect(hasOwnColors).toBe(true);
    expect(html).toMatch(
      /^<div class="mail-body hint-\S+ hint-\S+"><p style="color:light-dark\(#333,#[\da-f]{6}\);border:1px solid windowtext">/u,
    );
    expect(css).toMatch(/^:where\(\.hint-\S+\)\{background-color:light-dark\(#ffffff,#151412\)\}$/mu);
    expect(css).toMatch(/^:where\(\.hint-\S+\)\{color:light-dark\(#000,#[\da-f]{6}\)\}$/mu);
    for (const plain of [
      "<p>color:red</p>",
      "<p title='bgcolor=red'>x</p>",
      "<p style='color:inherit'>x</p>",
    ])
      expect(sanitize(plain).hasOwnColors, plain).toBe(false);
  });

  it("leaves the colours of a mail with a dark design of its own as they are", () => {
    const { html, css } = sanitize(
      "<style>@media (prefers-color-scheme: dark){p{background:#111}}</style><p style='color:#333' bgcolor=#fff>x</p>",
    );
    expect(html).toContain('style="color:#333"');
    expect(html + css).not.toContain("light-dark");
    expect(css).toContain("@media (prefers-color-scheme:dark){");
  });

  it("keeps names, under others than ours, and what stands for the outermost elements", () => {
    expect(
      clean('<html dir="rtl"><body id="b" class="quoted sm:w-full"><p id="a b">x</p></body></html>'),
    ).toBe(
      '<div class="mail-html" dir="rtl"><div class="mail-body m-quoted m-sm:w-full" id="m-b"><p>x</p></div></div>',
    );
  });

  it("drops what is written for Outlook alone, and keeps what is for all others", () => {
    expect(
      clean(
        "<!--[if mso]><p>a</p><![endif]--><!--[if !mso]><!--><p>b</p><!--<![endif]--><![if !mso]>c<![endif]>",
      ),
    ).toBe("<p>b</p>c");
  });

  it("shows what is written for readers that play no video", () => {
    expect(
      clean('<video src="https://a.example/v.mp4"><a href="https://a.example/">Watch</a></video>'),
    ).toContain(">Watch</a>");
  });

  it("keeps the roles that lay out and name, and none by which a mail speaks up or takes the keyboard", () => {
    expect(clean('<table role="presentation"></table>')).toBe('<table role="presentation"></table>');
    for (const role of ["alert", "STATUS", "log", "application", "alertdialog"])
      expect(clean(`<p role="${role}">Your account is closed</p>`)).toBe("<p>Your account is closed</p>");
  });

  it("opens links elsewhere, without saying where from", () => {
    expect(clean('<a href=" https://example.org/?a=1&amp;b=2 ">x</a>')).toBe(
      '<a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer nofollow" target="_blank">x</a>',
    );
  });

  it("names each remote image and tracker once, loads none, and keeps the place of those that show", () => {
    const { html, remoteContent } = sanitize(
      '<img src="https://a.example/h.jpg" srcset="https://a.example/h2.jpg 2x" width="600" height="200" alt="Sale">' +
        '<img src="https://a.example/p.gif" width="1" height="1"><img src="https://a.example/o" style="display:none">' +
        '<img src="https://a.example/wf/open?x"><td background="https://a.example/b.png"></td>' +
        '<div style="background:#eee url(https://a.example/c.png) no-repeat">x</div>',
    );
    const unnamed = { service: null };
    expect(remoteContent.pictures).toEqual([
      { address: "https://a.example/h.jpg", tracker: null },
      { address: "https://a.example/p.gif", tracker: unnamed },
      { address: "https://a.example/o", tracker: unnamed },
      { address: "https://a.example/wf/open?x", tracker: { service: "SendGrid" } },
      { address: "https://a.example/b.png", tracker: null },
      { address: "https://a.example/c.png", tracker: null },
    ]);
    expect(html).toContain(
      '<img data-remote="https://a.example/h.jpg" alt="Sale" width="600" height="200" />',
    );
    expect(html.match(/a\.example/gu)).toHaveLength(1);
  });

  it("takes an image that is invisible either way, or by its style, for a tracker", () => {
    const trackers = (attributes: string) =>
      countRemote(sanitize(`<img src="https://a.example/x" ${attributes}>`).remoteContent).trackers;
    for (const attributes of ["width=1", "height='0px'", "style='max-height:1px'", "style='opacity:0'"]) {
      expect(trackers(attributes), attributes).toBe(1);
    }
    for (const attributes of ["width=10", "height='1%'", "style='width:100%'", "style='opacity:0.5'"]) {
      expect(trackers(attributes), attributes).toBe(0);
    }
  });

  it("keeps attributes of layout when their values are plain, and no one else's folds", () => {
    expect(clean('<td width="50%" height="x:y" bgcolor="url(x)" align="center" id="x" name="y">')).toBe(
      '<td id="m-x" width="50%" align="center"></td>',
    );
    expect(clean("<details class=quoted><summary>Quoted text</summary>x</details>")).toBe(
      '<div class="m-quoted"><div>Quoted text</div>x</div>',
    );
  });

  it("names the parts it shows, and keeps pictures it carries in itself", () => {
    const { html, contentIds, remoteContent } = sanitize(
      '<img src="CID:logo%40toko" alt="x"><img src="data:image/png;base64,iVBORw0KGgo=">',
    );
    expect([...contentIds]).toEqual(["logo@toko"]);
    expect(html).toBe(
      '<img data-cid="logo@toko" alt="x" /><img src="data:image/png;base64,iVBORw0KGgo=" alt="" />',
    );
    expect(remoteContent.pictures).toEqual([]);
  });

  it("counts an address once, as a picture where it is seen anywhere, and none that leads nowhere", () => {
    const { remoteContent } = sanitize(
      '<img src="//a.example/x" width="1" height="1"><img src="https://a.example/x" width="600">' +
        '<img src="images/logo.png"><img src="file:///c:/x.png"><img src="http://"><img src="https:///x">' +
        '<img srcset="https://a.example/y 1x, https://a.example/z 2x">',
    );
    expect(remoteContent.pictures).toEqual([
      { address: "https://a.example/x", tracker: null },
      { address: "https://a.example/y", tracker: null },
    ]);
  });

  it("leaves out what is not for reading", () => {
    expect(clean("<title>t</title><style>s</style><script>j</script><!-- c --><o:p>kept</o:p>")).toBe("kept");
  });

  it("refuses markup that nests too deep to be read", () => {
    expect(() => clean("<b>".repeat(100_000))).toThrow(TooDeepError);
    expect(clean(`${"<b>".repeat(900)}x`)).toContain("x");
  });
});
