import { describe, expect, it } from "vitest";
import { frameCsp, frameDocument } from "./frame.ts";
import { sanitize } from "./html/sanitize.ts";

const none = { inlineImages: new Map<string, string>(), colorScheme: "system" } as const;

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
    expect(frameDocument("<p>x</p>", { ...none, colorScheme: "dark" })).toContain('<html class="dark">');
    expect(frameDocument('<p style="margin:0;color:#222">x</p>', { ...none, colorScheme: "dark" })).toContain(
      '<html class="light own-colors">',
    );
    expect(frameDocument('<td bgcolor="#fff">x</td>', none)).toContain("own-colors");
    expect(
      frameDocument('<p style="background-color:transparent;border-color:red" title="color=1">x</p>', none),
    ).not.toContain('own-colors">');
  });

  it("may not run scripts, reach the network or send forms", () => {
    const policy = frameCsp("https://latchkey.example/mail/a/message/b/attachment/");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("img-src https://latchkey.example/mail/a/message/b/attachment/ data:;");
    expect(policy).not.toMatch(/script|http:|\*/u);
    expect(frameDocument("", none)).not.toMatch(/<script|https?:|url\(/u);
  });
});
