import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { fileTable } from "./file-table.ts";
import { fileText } from "./file-text.ts";

const russian = "Привет, это письмо о погоде. Сегодня идёт дождь, и мы остаёмся дома.";
const thai = "รายงานประจำปี ของหมู่บ้าน เรื่องน้ำท่วมและการซ่อมถนน";

describe("a file as text", () => {
  it.each([
    ["UTF-8", "naïve ก", Buffer.from("naïve ก"), null, "UTF-8"],
    ["UTF-8 with a mark", "a", Buffer.from("\ufeffa"), null, "UTF-8"],
    [
      "UTF-16 with a mark",
      "grüße",
      Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode("grüße", "utf-16le")]),
      null,
      "utf-16le",
    ],
    ["what its sender says", "dzień", iconv.encode("dzień", "iso-8859-2"), "iso-8859-2", "iso-8859-2"],
    ["Cyrillic that nobody names", russian, iconv.encode(russian, "windows-1251"), null, "windows-1251"],
    ["Thai that nobody names", thai, iconv.encode(thai, "windows-874"), null, "windows-874"],
  ])("reads %s", (_name, text, bytes, declared, charset) => {
    expect(fileText(bytes, declared)).toEqual({ text, charset });
  });

  it("is none where it has bytes of nothing", () => {
    expect(fileText(Buffer.from([80, 75, 3, 4, 0, 0]), null)).toBeNull();
  });

  it("knows a beginning that ends within a character", () => {
    expect(fileText(Buffer.from("สวัสดี".repeat(10_000)).subarray(0, 100_001), null)?.charset).toBe("UTF-8");
  });
});

describe("a file as a table", () => {
  it.each([
    ["commas and quotes", 'a,b\n"1,5","say ""so"""\n'],
    ["semicolons", 'a;b\n1,5;say "so"\n'],
    ["tabs", 'a\tb\r\n1,5\tsay "so"\r\n'],
  ])("with %s has its cells", (_name, text) => {
    const { rows, isCut } = fileTable(text);
    expect(rows[0]).toEqual(["a", "b"]);
    expect(rows[1]?.[0]).toBe("1,5");
    expect(isCut).toBe(false);
  });

  it("of many rows and columns is cut, which is said, and short rows are filled up", () => {
    expect(fileTable("a,b\n".repeat(600))).toMatchObject({ rows: { length: 500 }, isCut: true });
    const wide = fileTable(`${"a,".repeat(100)}\nb\n`);
    expect(wide).toMatchObject({ isCut: true });
    expect(wide.rows.map(({ length }) => length)).toEqual([30, 30]);
  });
});
