import { describe, expect, it } from "vitest";
import { answer } from "./fixtures/answer.ts";
import { withImages } from "./frame-images.ts";
import { finishHtml } from "./html/finish-html.ts";
import { sanitize } from "./html/sanitize.ts";

const shown = (html: string, remote: Readonly<Record<string, string>> = {}) =>
  withImages(finishHtml(sanitize(html).html, answer).html, {
    inlineImages: new Map(),
    remoteImages: new Map(Object.entries(remote)),
  });

describe("a picture from elsewhere", () => {
  const picture =
    '<img src="https://a.example/h.jpg?a=1&amp;b=%22" width="600" height="200" alt="Sale &quot;now&quot;">';

  it("is a box of its size with its description, where it is not shown", () => {
    expect(shown(picture)).toBe(
      '<span class="blocked-image" role="img" aria-label="Sale &quot;now&quot;" title="Sale &quot;now&quot;" style="width:600px;height:200px"></span>',
    );
    expect(shown('<img src="https://a.example/h.jpg">')).toBe('<span class="blocked-image"></span>');
  });

  it("has an address of ours where it is shown, and nothing of its own", () => {
    const html = shown(picture, { "https://a.example/h.jpg?a=1&b=%22": "/mail/a/message/b/image/c" });
    expect(html).toBe(
      '<img src="/mail/a/message/b/image/c" alt="Sale &quot;now&quot;" width="600" height="200">',
    );
  });

  it.each([
    "https://evil.example/x",
    "//evil.example/x",
    "javascript:alert(1)",
    "data:image/png;base64,AA",
    "",
  ])("is not shown from an address that is none of ours: %s", (address) => {
    expect(shown('<img src="https://a.example/h.jpg">', { "https://a.example/h.jpg": address })).toBe(
      '<span class="blocked-image"></span>',
    );
  });

  it.each([
    '<img src="https://a.example/a&quot;onerror=alert(1)&gt;" alt="&lt;img data-remote=&quot;x&quot;&gt;">',
    '<img data-remote="https://a.example/x" src=x onerror=alert(1)>',
    '&lt;img data-remote="https://a.example/x"&gt;',
    '<p title="<img data-remote=&quot;https://a.example/x&quot; onload=x>">x</p>',
  ])("lets nothing out of its place: %s", (html) => {
    const written = shown(html, { "https://a.example/x": "/ours" });
    expect(written).not.toMatch(/src="(?!\/ours")/u);
    expect(written.replace(/<[^>]*>/gu, (tag) => tag.replace(/"[^"]*"/gu, ""))).not.toMatch(/<[^>]*\son\w+/u);
  });
});
