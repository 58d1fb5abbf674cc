import { describe, expect, it } from "vitest";
import type { LinkNote } from "../domain/mail-link.ts";
import { answer } from "./fixtures/answer.ts";
import { type FramedBody, frameCsp, frameDocument } from "./frame.ts";
import { finishHtml } from "./html/finish-html.ts";
import { sanitize } from "./html/sanitize.ts";

const none = {
  inlineImages: new Map<string, string>(),
  remoteImages: new Map<string, string>(),
  colors: "adapted",
  quotedText: "Quoted text",
  linkNote: ({ flag, site }: LinkNote) => `${flag} ${site}`,
} as const;

/** A mail's markup as `readMessage` makes a body of it. */
function bodyOf(markup: string): FramedBody {
  const pictures: string[] = [];
  const { html, css, hasOwnColors } = sanitize(markup, pictures);
  return { html: finishHtml(html, answer).html, css, pictures, hasOwnColors };
}

describe("the frame's document", () => {
  it("shows inline images that were handed over, and nothing from elsewhere", () => {
    const body = bodyOf(
      '<img src="cid:a&amp;b"><img src="cid:gone"><img src="cid:evil"><img src="cid:proto">&lt;img data-cid="a&amp;b"',
    );
    const inlineImages = new Map([
      ["a&b", "data:image/png;base64,AA=="],
      ["evil", "https://evil.example/x.png"],
      ["proto", "//evil.example/x.png"],
    ]);
    const frame = frameDocument(body, { ...none, inlineImages });
    expect(frame).toContain('<img src="data:image/png;base64,AA=="');
    expect(frame).not.toMatch(/evil|<img data-cid/u);
    expect(frame.match(/ src=/gu)).toHaveLength(1);
  });

  it("has a white ground where the mail brings colours of its own, and both themes in one document", () => {
    expect(frameDocument(bodyOf("<p>x</p>"), none)).toContain('<html class="">');
    const colored = frameDocument(bodyOf('<p style="margin:0;color:#222">x</p>'), none);
    expect(colored).toContain('<html class="own-colors">');
    expect(colored).toMatch(/style="margin:0;color:light-dark\(#222,#[\da-f]{6}\)"/u);
  });

  it("has the mail's own colours in either theme where they are wanted", () => {
    const body = bodyOf("<style>@media (prefers-color-scheme:dark){p{background:#111}}</style><p>x</p>");
    expect(frameDocument(body, none)).toContain("@media (prefers-color-scheme:dark){:where(.mail) p");
    const original = frameDocument(body, { ...none, colors: "original" });
    expect(original).toContain('<html class="original own-colors">');
    expect(original).toContain("@media not all{:where(.mail) p");
  });

  it("shows pictures behind things that the message carries, and no others", () => {
    const body = bodyOf(
      '<table background="cid:a"><td style="background:#123 url(cid:b)">x</td></table>' +
        "<p style='background-image:url(https://evil.example/x.png)'>y</p>",
    );
    const inlineImages = new Map([
      ["a", "/mail/a/attachment/1"],
      ["b", "https://evil.example/b.png"],
    ]);
    const frame = frameDocument(body, { ...none, inlineImages });
    expect(frame.match(/url\([^)]*\)/gu)).toEqual(['url("/mail/a/attachment/1")']);
    const number = body.pictures.indexOf("cid:a");
    expect(frame).toContain(
      `:root{--picture-${number}:url("/mail/a/attachment/1");--scheme-${number}:light}`,
    );
    expect(frame).not.toContain("evil");
  });

  it("shows pictures behind things that come through this server, and no others", () => {
    const body = bodyOf("<p style='background-image:url(https://a.example/x.png)'>y</p>");
    const shown = (address: string) =>
      frameDocument(body, { ...none, remoteImages: new Map([["https://a.example/x.png", address]]) });
    expect(shown("/mail/a/message/b/image/0.x").match(/url\([^)]*\)/gu)).toEqual([
      'url("/mail/a/message/b/image/0.x")',
    ]);
    for (const address of [
      "https://evil.example/x",
      "//evil.example/x",
      '/x")}*{background:url("//evil.example',
    ]) {
      expect(shown(address), address).not.toContain("evil");
    }
  });

  it("says behind a link that it misleads, in the reader's words", () => {
    const body = bodyOf('<a href="https://evil.com/a?utm_source=x">paypal.com</a>');
    expect(frameDocument(body, none)).toContain(
      '<a href="https://evil.com/a" rel="noopener noreferrer nofollow" target="_blank" title="https://evil.com/a">paypal.com<span class="link-note"> other-site evil.com</span></a>',
    );
    const forged = bodyOf('<span class="link-note" data-note="other-site" data-site="x"></span>');
    expect(frameDocument(forged, none)).not.toContain('class="link-note"');
  });

  it("calls folded quotes by the reader's words", () => {
    const body = bodyOf('A<blockquote type="cite">Q</blockquote>');
    expect(frameDocument(body, { ...none, quotedText: "ข้อความ <b>" })).toContain(
      "<summary>ข้อความ &lt;b&gt;</summary>",
    );
  });

  it("may not run scripts, reach the network or send forms", () => {
    const at = "https://latchkey.example/mail/a/message/b";
    const policy = frameCsp([`${at}/attachment/`, `${at}/image/`]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`img-src ${at}/attachment/ ${at}/image/ data:;`);
    expect(policy).not.toMatch(/script|http:|\*/u);
    expect(frameDocument(bodyOf(""), none)).not.toMatch(/<script|https?:|url\(/u);
  });
});
