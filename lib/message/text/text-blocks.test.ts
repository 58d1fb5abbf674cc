import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TextBlock } from "../../domain/readable-message.ts";
import { answer } from "../fixtures/answer.ts";
import { cpuMs } from "../fixtures/cpu-time.ts";
import { conversationOf } from "../mime/conversation.ts";
import { plainLines } from "./flowed.ts";
import { toBlocks } from "./text-blocks.ts";

const read = (text: string, conversation = answer) => toBlocks(plainLines(text), conversation);
const about = (subject: string, ...more: string[]) =>
  conversationOf([
    { name: "Subject", value: subject },
    ...more.map((name) => ({ name, value: "<first@example.org>" })),
  ]);

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

  it("between answers stay open to the last", () => {
    expect(
      shape(read("In between.\n\nOn Fri, Sari wrote:\n> One?\n\nYes.\n\n> Two?\n\nNo.\n\n> Bye")),
    ).not.toContain("folded");
  });

  const block = (labels: string, subject = "Meeting") => {
    const [from, sent, to, about] = labels.split(",");
    return `${from}: Sari <s@example.org>\n${sent}: Monday, 1 June 2026 10:04\n${to}: Budi\n${about}: ${subject}\n\n`;
  };

  it.each([
    "From,Sent,To,Subject",
    "Von,Gesendet,An,Betreff",
    "De,Envoyé,À,Objet",
    "Da,Inviato,A,Oggetto",
    "Dari,Dikirim,Kepada,Perihal",
    "จาก,ส่งเมื่อ,ถึง,เรื่อง",
    "差出人,送信日時,宛先,件名",
    "*From*,*Date*,*To*,*Subject*",
  ])("fold Outlook's older messages in an answer: %s", (labels) => {
    expect(shape(read(`Yes, at ten.\n\n${block(labels)}When?`))).toMatch(
      /^text\(Yes, at ten\.\) quote-folded/u,
    );
    expect(shape(read(`See this.\n\n${block(labels, "Another thing")}When?`))).not.toContain("folded");
    expect(shape(read(`See this.\n\n${block(labels)}When?`, about("Meeting")))).not.toContain("folded");
    expect(
      shape(read(`See this.\n\n${block(labels)}When?`, about("FW: Meeting", "References"))),
    ).not.toContain("folded");
  });

  it("fold what stands below -----Original Message-----, and leave open what was passed on", () => {
    expect(shape(read("Yes, at ten.\n\n-----Original Message-----\nFrom: Sari\nSent: today\n\nHi"))).toMatch(
      /^text\(Yes, at ten\.\) quote-folded\[-----Original Message-----\]/u,
    );
    for (const line of [
      "---------- Forwarded message ---------",
      "---------- ข้อความที่ส่งต่อ ---------",
      "-------- Doorgestuurd bericht --------",
    ]) {
      expect(shape(read(`FYI, all.\n\n${line}\n${block("From,Date,To,Subject")}Hi`)), line).toContain(
        "quote-open",
      );
    }
    expect(
      shape(read(`FYI, all.\n\nBegin forwarded message:\n\n${block("From,Date,To,Subject")}Hi`)),
    ).toContain("quote-open");
  });

  it("leave open an older message that is answered below its header block", () => {
    const older = block("From,Sent,To,Subject");
    for (const text of [
      `${older}When?\n\nAt ten.`,
      `Halo Sari,\n\n${older}When?\n\nAt ten.`,
      `My answer is below.\n\n${older}When?\n\nAt ten.`,
      `Jawaban saya di bawah.\n\n${older}When?\n\nAt ten.`,
      `Thank you for asking.\n\n${older}> When?\n\nAt ten.`,
      `Thank you.\n\n-----Original Message-----\n${older}> When?\n\nAt ten.`,
    ]) {
      expect(shape(read(text)), text).not.toContain("folded");
    }
  });

  it("leave open an older message that ends with the name of this one's author", () => {
    const bySari = conversationOf([
      { name: "Subject", value: "RE: Meeting" },
      { name: "From", value: "Sari Wulandari <s@example.org>" },
    ]);
    const older = block("From,Sent,To,Subject").replace("Sari", "Budi");
    expect(shape(read(`Thank you.\n\n${older}When?\n\nAt ten.\n\nSari`, bySari))).not.toContain("folded");
    expect(shape(read(`Thank you.\n\n${older}When?\n\nBudi`, bySari))).toContain("folded");
    // Their own first message, at the end of a longer exchange, is no answer.
    expect(
      shape(
        read(`At ten.\n\n${older}When?\n\nBudi\n\n${block("From,Sent,To,Subject")}Shall we?\n\nSari`, bySari),
      ),
    ).toContain("quote-folded");
  });

  it.each([
    "Dari: Gambir (GMR)\nTanggal: 3 Juli 2026, 08.15\nKe: Yogyakarta (YK)\nKursi: 4, 7A",
    "From: Berlin Hbf\nDate: 3 July 2026\nTo: Wien Hbf\nSeat: 7A",
    "Von: Berlin\nDatum: 3.7.2026\nAn: Wien",
    "จาก: กรุงเทพ\nวันที่: 3 ก.ค.\nถึง: เชียงใหม่",
  ])("take a ticket for what it is: %s", (ticket) => {
    expect(shape(read(`Your ticket.\n\n${ticket}\n\nShow this code.`))).toBe(
      `text(Your ticket.\n\n${ticket}\n\nShow this code.)`,
    );
  });

  it("leave a letter open that a first message quotes, and fold it in an answer", () => {
    const letter =
      "My grandmother's words.\n\nOn 3 May 1916, Kartini wrote:\n> Dear friend\n> After dark comes light";
    expect(shape(read(letter, about("A letter")))).toContain("quote-open[On 3 May");
    expect(shape(read(`Words.\n${"> line\n".repeat(40)}`, about("A poem")))).not.toContain("folded");
    expect(shape(read(letter, about("A letter", "In-Reply-To")))).toContain("quote-folded[On 3 May");
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
      "Subject: z",
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
    expect(cpuMs(() => read(text))).toBeLessThan(3_000);
  });
});

function words(block: TextBlock): string[] {
  if (block.kind !== "quote") return block.runs.map((run) => run.text);
  return [...block.attribution.map((run) => run.text), ...block.blocks.flatMap(words)];
}
