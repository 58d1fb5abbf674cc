import { describe, expect, it } from "vitest";
import type { MessagePart } from "../../domain/mail.ts";
import { part } from "../fixtures/gmail-payload.ts";
import { toAttachments } from "./attachments.ts";
import { describePart } from "./part.ts";

const none = new Set<string>();
const list = (...parts: MessagePart[]) => toAttachments(parts.map(describePart), none);
const apart = (filename: string, sizeBytes = 9, partId = filename): MessagePart =>
  part({
    partId,
    filename,
    mimeType: "application/octet-stream",
    body: { sizeBytes, data: null, attachmentId: "A" },
  });
const written = (name: string) =>
  list(apart(name))[0]
    ?.written.map((piece) => ("text" in piece ? piece.text : `[${piece.mark}]`))
    .join("");

describe("the name of a file", () => {
  it.each([
    ["invoice.pdf", "invoice.pdf", "PDF", []],
    ["รายงาน ปี 2569.xlsx", "รายงาน ปี 2569.xlsx", "Table", []],
    ["../../etc/passwd.txt", "passwd.txt", "Text", ["path"]],
    ["C:\\Windows\\calc.exe", "calc.exe", "Program", ["path"]],
    ["a\r\nContent-Type: text/html\r\n\r\n.txt", "html .txt", "Text", ["breaks", "path"]],
    ["invoice\u202efdp.exe", "invoicefdp.exe", "Program", ["reordered"]],
    ["photo\u200b.jpg", "photo.jpg", "Image", ["hidden"]],
    [`invoice.pdf${" ".repeat(40)}.exe`, "invoice.pdf .exe", "Program", ["spaces", "extensions"]],
    ["invoice.pdf.exe", "invoice.pdf.exe", "Program", ["extensions"]],
    ["setup.exe", "setup.exe", "Program", []],
    ["archive.tar.gz", "archive.tar.gz", "Archive", []],
    ["", "unnamed.bin", "File", []],
    ["...", "unnamed.bin", "File", []],
  ])("%j is shown and saved as %j", (name, filename, kind, tricks) => {
    expect(list(apart(name))).toMatchObject([{ filename, kind, tricks }]);
  });

  it("of 500 characters is cut before its extension, and said to be", () => {
    const [read] = list(apart(`${"n".repeat(500)}.pdf`));
    expect(read).toMatchObject({ kind: "PDF", tricks: ["long"] });
    expect(read?.filename).toMatch(/^n{176}\.pdf$/u);
  });

  it("shows what does not show", () => {
    expect(written("invoice\u202efdp.exe")).toBe("invoice[U+202E]fdp.exe");
    expect(written("a\r\nb.txt")).toBe("a[CR][LF]b.txt");
    expect(written(`a.pdf${" ".repeat(40)}.exe`)).toBe("a.pdf[␣ × 40].exe");
    expect(written("../a.txt")).toBe("../a.txt");
    expect(written("plain.txt")).toBe("");
  });

  it("in encoded words is judged as it reads, not as it was sent", () => {
    const encoded = `=?utf-8?B?${Buffer.from("a\u202egpj.exe").toString("base64")}?=`;
    expect(list(apart(encoded))).toMatchObject([{ filename: "agpj.exe", tricks: ["reordered"] }]);
  });
});

describe("a file that comes twice", () => {
  const calendar = "BEGIN:VCALENDAR\nEND:VCALENDAR\n";
  const inText = part({ partId: "0.2", mimeType: "text/calendar", text: calendar });

  it("is listed once, and said to be: an invitation in the text and as a file, whatever its line breaks", () => {
    const asFile = { ...apart("invite.ics", calendar.length + 2, "1"), mimeType: "application/ics" };
    expect(list(inText, asFile)).toMatchObject([{ partId: "1", filename: "invite.ics", isRepeated: true }]);
    expect(list(inText, { ...asFile, body: { ...asFile.body, sizeBytes: 999 } })).toHaveLength(2);
  });

  it("is the same by its name and its size, or by its bytes where they are at hand", () => {
    expect(list(apart("a.pdf", 9, "1"), apart("A.pdf", 9, "2"))).toHaveLength(1);
    expect(list(apart("a.pdf", 9, "1"), apart("a.pdf", 10, "2"))).toHaveLength(2);
    expect(list(apart("a.pdf", 9, "1"), apart("b.pdf", 9, "2"))).toHaveLength(2);
    const text = (partId: string, content: string) =>
      part({ partId, filename: "a.txt", mimeType: "text/plain", text: content });
    expect(list(text("1", "one"), text("2", "one"))).toHaveLength(1);
    expect(list(text("1", "one"), text("2", "two"))).toHaveLength(2);
  });

  it("is not the same where the sender gave no name, or another path", () => {
    const forwarded = (partId: string) => ({ ...apart("", 9, partId), mimeType: "message/rfc822" });
    expect(list(forwarded("1"), forwarded("2"))).toHaveLength(2);
    expect(list(apart("/one/a.gif", 9, "1"), apart("/two/a.gif", 9, "2"))).toHaveLength(2);
  });

  it("stands where the text shows it, and is not listed besides", () => {
    const inline = { ...apart("logo.png", 9, "1"), headers: [{ name: "Content-ID", value: "<l@x>" }] };
    const files = toAttachments([inline, apart("logo.png", 9, "2")].map(describePart), new Set(["l@x"]));
    expect(files).toMatchObject([{ partId: "1", inline: true, isRepeated: false }]);
  });

  it("under two content ids in the text stays there twice", () => {
    const shown = (partId: string) => ({
      ...apart("logo.png", 9, partId),
      headers: [{ name: "Content-ID", value: `<${partId}>` }],
    });
    expect(toAttachments([shown("1"), shown("2")].map(describePart), new Set(["1", "2"]))).toHaveLength(2);
  });
});
