import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageFrom, part } from "./fixtures/gmail-payload.ts";
import { violations } from "./fixtures/inspect-html.ts";
import { htmlToText } from "./html/html-text.ts";
import { makeReadable } from "./readable.ts";
import { restHtml, restOf } from "./rest.ts";

const base = await messageFrom("");
const none = new Map<string, Uint8Array>();
const plain = (text: string) => ({ ...base, payload: part({ text }) });
const words = (text: string) => text.split(/\s+/u).filter(Boolean);

describe("what stands behind the text that is shown", () => {
  it("is nothing of a text that is shown in full", () => {
    expect(restOf(plain("word\n".repeat(20_000)), none, false)).toEqual([]);
    expect(makeReadable(plain("short")).body).not.toHaveProperty("isCut");
  });

  it("goes on where the page ends, at the end of a line", () => {
    const lines = Array.from({ length: 40_000 }, (_, at) => `line ${at}`);
    const message = plain(lines.join("\n"));
    const { body } = makeReadable(message);
    expect(body).toMatchObject({ kind: "text", isCut: true });
    const shown = body.kind === "text" && body.blocks[0]?.kind === "text" ? body.blocks[0].runs[0]?.text : "";
    const rest = htmlToText([...restHtml(restOf(message, none, false))].join(""));
    expect(words(`${shown}\n${rest}`)).toEqual(words(lines.join("\n")));
  });

  it("is all of the texts behind the one that is cut, with their quotes and links", () => {
    const message = {
      ...base,
      payload: part({
        mimeType: "multipart/mixed",
        parts: [part({ text: "x".repeat(100_000) }), part({ text: "> quoted\nhttps://example.org/a <b>" })],
      }),
    };
    expect([...restHtml(restOf(message, none, false))].join("")).toBe(
      '<blockquote><div class="plain-text">quoted</div></blockquote><div class="plain-text">' +
        '<a href="https://example.org/a" rel="noopener noreferrer nofollow" target="_blank">https://example.org/a</a> &lt;b&gt;</div>',
    );
  });

  it("is all there is, where that is asked for", () => {
    expect([...restHtml(restOf(plain("short"), none, true))].join("")).toBe(
      '<div class="plain-text">short</div>',
    );
  });

  it("comes in shares, whatever the length of its lines", () => {
    const shares = [...restHtml(restOf(plain(`${"x".repeat(700_000)}\nThe end.`), none, false))];
    expect(shares.length).toBeGreaterThan(30);
    for (const share of shares) expect(share.length).toBeLessThan(20_000);
    expect(shares.at(-1)).toContain("The end.");
  });

  it("holds no markup of its author's, and loses no character", () => {
    const piece = fc.constantFrom(
      "<img src=x>",
      "> ",
      "\n",
      "&amp;",
      "😀",
      "javascript:a",
      "https://a.com/",
      '"',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), (pieces) => {
        const text = pieces.join("").repeat(20).toWellFormed();
        const html = [...restHtml([{ text, isFlowed: false, deleteSpace: false }])].join("");
        expect(violations(html)).toEqual([]);
        expect(html).not.toContain("<img");
      }),
    );
  });
});
