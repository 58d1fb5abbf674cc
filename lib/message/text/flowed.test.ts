import { describe, expect, it } from "vitest";
import { enrichedToText, richtextToText } from "./enriched.ts";
import { flowedLines, plainLines } from "./flowed.ts";

const texts = (lines: { depth: number; text: string }[]) =>
  lines.map(({ depth, text }) => `${depth} ${text}`);

describe("format=flowed", () => {
  it("joins soft breaks within one quote depth", () => {
    expect(texts(flowedLines("one \ntwo\n>a \n>b \n>>c\nend", false))).toEqual([
      "0 one two",
      "1 a b ",
      "2 c",
      "0 end",
    ]);
  });

  it("deletes the space with delsp", () => {
    expect(texts(flowedLines("สวัส \nดี", true))).toEqual(["0 สวัสดี"]);
  });

  it("undoes space stuffing and keeps the signature apart", () => {
    expect(texts(flowedLines(" >not quoted\nlast \n-- \nSari", false))).toEqual([
      "0 >not quoted",
      "0 last ",
      "0 -- ",
      "0 Sari",
    ]);
  });
});

describe("plain lines", () => {
  it("count quote marks with and without spaces, and leave mbox's >From alone", () => {
    expect(texts(plainLines("> a\n>> b\n> > c\n>From here"))).toEqual(["1 a", "2 b", "2 c", "0 From here"]);
  });
});

describe("enriched text", () => {
  it("drops its commands", () => {
    expect(enrichedToText("<bold>Now</bold> is\nthe <color><param>red</param>time</color>\n\n<<end")).toBe(
      "Now is the time\n<end",
    );
    expect(richtextToText("<bold>Now</bold> <lt>is<nl>the\ntime")).toBe("Now <is\nthe time");
  });
});
