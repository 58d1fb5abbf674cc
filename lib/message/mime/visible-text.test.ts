import { describe, expect, it } from "vitest";
import { unescapeHtml } from "../html/html-entities.ts";
import { clipped, oneLine, printable, withoutPadding } from "./visible-text.ts";

describe("visible text", () => {
  it("has no padding", () => {
    expect(withoutPadding(`Sale now${" \u200c\u034f\u00ad\ufeff".repeat(50)}`)).toBe("Sale now");
    expect(withoutPadding("a\u200b\u200bb \n\t c")).toBe("ab c");
  });

  it("has no more marks on a letter than any script, and all of those", () => {
    expect(printable(`a${"\u0301".repeat(700_000)}b`)).toBe(`a${"\u0301".repeat(16)}b`);
    expect(printable("ที่ש\u05c1\u05bc\u05b0")).toBe("ที่ש\u05c1\u05bc\u05b0");
  });

  it("keeps the joiners that words and emoji need", () => {
    expect(withoutPadding("می\u200cخواهم 👩\u200d💻")).toBe("می\u200cخواهم 👩\u200d💻");
  });

  it("is one line without controls, overrides and halves of characters", () => {
    expect(oneLine("a\r\nb\u202e\u0007 c\ud800")).toBe("a b c\ufffd");
    expect(printable("a\r\nb\u0000\tc")).toBe("a\nb\tc");
  });

  it("is cut between characters", () => {
    expect(clipped("ab😀d", 4)).toBe("ab…");
  });

  it("has its entities decoded once", () => {
    expect(unescapeHtml("&lt;b&gt; &amp;amp; &#39;x&#x27; &nope; &#9999999;")).toBe(
      "<b> &amp; 'x' &nope; &#9999999;",
    );
  });
});
