import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainLines } from "./flowed.ts";
import { toBlocks } from "./text-blocks.ts";
import type { TextBlock } from "./types.ts";

const read = (text: string) => toBlocks(plainLines(text));

/** `text(…)`, `quote-folded(…)`: the shape of a message at a glance. */
function shape(blocks: readonly TextBlock[]): string {
  return blocks
    .map((block) => {
      if (block.kind !== "quote") return `${block.kind}(${block.runs.map((run) => run.text).join("")})`;
      const attribution = block.attribution.map((run) => run.text).join("");
      return `quote-${block.folded ? "folded" : "open"}[${attribution}](${shape(block.blocks)})`;
    })
    .join(" ");
}

describe("the blocks of a text", () => {
  it("fold what is quoted at the end, with the line that introduces it", () => {
    expect(shape(read("Yes.\n\nOn Fri, Sari wrote:\n> Shall we?\n>> Perhaps\n\n-- \nBudi"))).toBe(
      "text(Yes.) quote-folded[On Fri, Sari wrote:](text(Shall we?) quote-open[](text(Perhaps))) signature(Budi)",
    );
  });

  it.each([
    "Pada tanggal Jum, 20 Nov 2026 pukul 09.00 Sari <s@example.org> menulis:",
    "เมื่อ ศ. 20 พ.ย. 2026 เวลา 09:00 สารี <s@example.org> เขียนว่า:",
    "Am 20.11.2026 um 09:00 schrieb Sari:",
    "Le ven. 20 nov. 2026 à 09:00, Sari a écrit :",
    "El vie, 20 nov 2026 a las 9:00, Sari escribió:",
    "On Fri, Nov 20, 2026 at 9:00 AM Sari\n<s@example.org> wrote:",
  ])("know %s", (attribution) => {
    expect(shape(read(`Ya.\n\n${attribution}\n> Bisa?`))).toContain(
      `quote-folded[${attribution.split("\n")[0]}`,
    );
  });

  it("leave a short quote between the lines of an answer open, and fold a long one", () => {
    expect(shape(read("> One?\nYes.\n> Two?\nNo."))).toBe(
      "quote-open[](text(One?)) text(Yes.) quote-open[](text(Two?)) text(No.)",
    );
    expect(shape(read(`${"> line\n".repeat(30)}Yes.`))).toMatch(/^quote-folded/u);
  });

  it("leave a message that is nothing but a quote open", () => {
    expect(shape(read("> all there is"))).toBe("quote-open[](text(all there is))");
  });

  it("fold Outlook's older messages, and leave forwarded ones open", () => {
    expect(shape(read("Ok.\n\n-----Original Message-----\nFrom: Sari\nSent: today\n\nHi"))).toMatch(
      /^text\(Ok\.\) quote-folded\[-----Original Message-----\]/u,
    );
    expect(shape(read("Ok.\n\nFrom: Sari\nSent: today\nTo: Budi\n\nHi"))).toMatch(
      /quote-folded\[From: Sari\]/u,
    );
    expect(shape(read("FYI\n\n---------- Forwarded message ---------\nFrom: Sari\n\nHi"))).toMatch(
      /quote-open/u,
    );
  });

  it("take a blank line of a lesser depth as part of the quote", () => {
    expect(shape(read(">> a\n>\n>> b"))).toBe("quote-open[](quote-open[](text(a\n\nb)))");
  });

  it("hold every word of the text, whatever it is", () => {
    const line = fc.constantFrom(
      "> a",
      ">",
      ">>",
      ">> b",
      "c",
      "",
      "-- ",
      "On x wrote:",
      "From: x",
      "Sent: y",
      "-----Original Message-----",
      ">>>>d",
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const letters = (text: string) =>
          text
            .replace(/[^a-z]/giu, "")
            .split("")
            .sort()
            .join("");
        const all = read(lines.join("\n")).flatMap(words).join("");
        expect(letters(all)).toBe(letters(lines.join("\n")));
      }),
    );
  });

  it("of a megabyte of older messages take time in proportion", () => {
    const text = "-----Original Message-----\n> x\nOn y wrote:\n".repeat(20_000);
    const start = performance.now();
    read(text);
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});

function words(block: TextBlock): string[] {
  if (block.kind !== "quote") return block.runs.map((run) => run.text);
  return [...block.attribution.map((run) => run.text), ...block.blocks.flatMap(words)];
}
