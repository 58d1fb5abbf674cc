import { parse } from "content-disposition";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dispositionOf } from "./answer-outcome.ts";

describe("the name that a file is saved under", () => {
  it.each([
    "report.pdf",
    "two words.txt",
    'a "quoted" name.txt',
    "back\\slash.txt",
    "semi;colon=equals.txt",
    "räport.pdf",
    "รายงาน.pdf",
    "日本語.txt",
    "100%41.txt",
    "it's (1)*.txt",
    "emoji 😀.png",
  ])("comes out as it was: %s", (name) => {
    const header = dispositionOf(name);
    expect(header).toMatch(/^attachment; filename=[\x20-\x7e]+$/u);
    expect(parse(header)).toEqual({ type: "attachment", parameters: { filename: name } });
    expect(dispositionOf(name, "inline")).toMatch(/^inline; /u);
  });

  it("can put no second header or parameter beside it, whatever it is", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "\r\n",
        "\n",
        '"',
        "\\",
        ";",
        "filename*=UTF-8''evil.exe",
        "\u0000",
        "%22",
        "%0d%0a",
        "\ud800",
      ),
      fc.string({ unit: "binary", maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const name = pieces.join("");
        const header = dispositionOf(name);
        expect(header).toMatch(/^attachment; filename=[\x20-\x7e]+$/u);
        expect(new Headers({ "content-disposition": header }).get("content-disposition")).toBe(header);
        expect(parse(header).parameters).toEqual({ filename: name.toWellFormed() });
      }),
    );
  });
});
