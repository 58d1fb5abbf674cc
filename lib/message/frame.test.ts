import { describe, expect, it } from "vitest";
import { answer } from "./fixtures/answer.ts";
import { frameCsp, frameDocument } from "./frame.ts";
import { finishHtml } from "./html/finish-html.ts";
import { sanitize } from "./html/sanitize.ts";

const none = {
  inlineImages: new Map<string, string>(),
  colorScheme: "system",
  hasOwnColors: false,
  quotedText: "Quoted text",
} as const;

describe("the frame's document", () => {
  it("shows inline images that were handed over, and nothing from elsewhere", () => {
    const { html } = sanitize(
      '<img src="cid:a&amp;b"><img src="cid:gone"><img src="cid:evil"><img src="cid:proto">&lt;img data-cid="a&amp;b"',
    );
    const inlineImages = new Map([
      ["a&b", "data:image/png;base64,AA=="],
      ["evil", "https://evil.example/x.png"],
      ["proto", "//evil.example/x.png"],
    ]);
    const frame = frameDocument(html, { ...none, inlineImages });
    expect(frame).toContain('<img src="data:image/png;base64,AA=="');
    expect(frame).not.toMatch(/evil|<img data-cid/u);
    expect(frame.match(/ src=/gu)).toHaveLength(1);
  });

  it("follows the theme, unless the mail brings colours of its own", () => {
    const shown = (sanitized: string, colorScheme: "dark" | "system" = "system") => {
      const { html, hasOwnColors } = finishHtml(sanitized, answer);
      return frameDocument(html, { ...none, colorScheme, hasOwnColors });
    };
    expect(shown("<p>x</p>", "dark")).toContain('<html class="dark">');
    expect(shown('<p style="margin:0;color:#222">x</p>', "dark")).toContain(
      '<html class="light own-colors">',
    );
    expect(shown('<td bgcolor="#fff">x</td>')).toContain("own-colors");
    expect(
      shown('<p style="background-color:transparent;border-color:red" title="color=1">x</p>'),
    ).not.toContain('own-colors">');
  });

  it("calls folded quotes by the reader's words", () => {
    const { html } = finishHtml(sanitize('A<blockquote type="cite">Q</blockquote>').html, answer);
    expect(frameDocument(html, { ...none, quotedText: "ข้อความ <b>" })).toContain(
      "<summary>ข้อความ &lt;b&gt;</summary>",
    );
  });

  it("may not run scripts, reach the network or send forms", () => {
    const policy = frameCsp("https://latchkey.example/mail/a/message/b/attachment/");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("img-src https://latchkey.example/mail/a/message/b/attachment/ data:;");
    expect(policy).not.toMatch(/script|http:|\*/u);
    expect(frameDocument("", none)).not.toMatch(/<script|https?:|url\(/u);
  });
});
