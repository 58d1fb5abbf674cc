import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { decodeText } from "./charset.ts";
import { decodeTransfer } from "./transfer.ts";

describe("text in a charset", () => {
  it.each([
    ["ks_c_5601-1987", "안녕하세요", iconv.encode("안녕하세요", "cp949")],
    ["x-sjis", "こんにちは", iconv.encode("こんにちは", "shift_jis")],
    ["iso-8859-8-i", "שלום", iconv.encode("שלום", "iso-8859-8")],
    ["windows-874", "สวัสดีครับ", iconv.encode("สวัสดีครับ", "windows-874")],
    ["TIS-620", "สวัสดีครับ", iconv.encode("สวัสดีครับ", "windows-874")],
    ["utf-7", "café", Buffer.from("caf+AOk-")],
    ["ISO-2022-JP", "日本", Buffer.from("\u001b$BF|K\\\u001b(B")],
    ["win-1257", "ÕÄÖÜ", iconv.encode("ÕÄÖÜ", "windows-1257")],
    ["GB2312", "游采樺", iconv.encode("游采樺", "gbk")],
    ['"koi8-r"', "Привет", iconv.encode("Привет", "koi8-r")],
    ["utf-16le", "grüße", iconv.encode("grüße", "utf-16le")],
    ["us-ascii", "plain", Buffer.from("plain")],
    ["iso-2022-jp-ms", "漢字ｶﾅ①", Buffer.from("\x1b$B4A;z\x1b(I6E\x1b$B-!\x1b(B", "latin1")],
    ["jis7", "漢字 ｶﾀ", Buffer.from("\x1b$B4A;z\x1b(B \x0e6@\x0f", "latin1")],
    ["iso-2022-jp-2", "漢中가", Buffer.from("\x1b$B4A\x1b$AVP\x1b$(C0!\x1b(B", "latin1")],
    ["us-ascii", "日本", Buffer.from("\x1b$BF|K\\\x1b(B")],
    ["iso-2022-kr", "호!", Buffer.from("\x1b$)C\x0eH#\x0f!", "latin1")],
    ["HZ-GB-2312", "中文 ~", Buffer.from("~{VPND~} ~~")],
    ["x-mac-thai", "กา", Buffer.from([0xa1, 0xd2])],
    ["iso-8859-11", "กา…", Buffer.from([0xa1, 0xd2, 0x85])],
    ["x-mac-cyrillic", "а", Buffer.from([0xe0])],
    ["koi8-ru", "ў", Buffer.from([0xae])],
    ["iso-ir-111", "абђ№Џ", Buffer.from([0xc1, 0xc2, 0xa1, 0xb0, 0xbf])],
    ["cp-866", "р", Buffer.from([0xe0])],
    ["x-mac-ce", "č", Buffer.from([0x8b])],
    ["windows-cp1251", "а", Buffer.from([0xe0])],
    ["charset=iso-8859-2", "ą", Buffer.from([0xb1])],
    ["iso-8859-1-windows-3.1-latin-1", "é", Buffer.from([0xe9])],
    ["CP50221", "漢", Buffer.from("\x1b$B4A\x1b(B", "latin1")],
    [null, "naïve", iconv.encode("naïve", "windows-1252")],
  ])("%s", (charset, text, bytes) => {
    expect(decodeText(bytes, charset)).toEqual({ text, unknownCharset: null });
  });

  it("is UTF-8 when it is valid UTF-8, whatever is declared: Gmail transcodes", () => {
    expect(decodeText(Buffer.from("สวัสดี"), "tis-620").text).toBe("สวัสดี");
  });

  it("of a name nobody knows is read as windows-1252, and said", () => {
    expect(decodeText(Buffer.from([0x63, 0xe9]), "x-nobody")).toEqual({
      text: "cé",
      unknownCharset: "x-nobody",
    });
    expect(decodeText(Buffer.from("ascii"), "x-nobody")).toEqual({ text: "ascii", unknownCharset: null });
  });

  it("never throws", () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.oneof(
          fc.string(),
          fc.constantFrom("iso-2022-kr", "hz-gb-2312", "replacement", "__proto__", "base64", "hex", "utf-32"),
        ),
        (bytes, charset) => {
          expect(typeof decodeText(bytes, charset).text).toBe("string");
        },
      ),
    );
  });
});

describe("transferred bytes", () => {
  it("come in either alphabet, with and without padding and line breaks", () => {
    const bytes = Buffer.from([0xfb, 0xff, 0xfe, 0x01]);
    for (const data of ["-__-AQ", "-__-AQ==", "+//+AQ==", "-__-\r\nAQ=="]) {
      expect(decodeTransfer(data)).toEqual({ bytes, broken: false });
    }
  });

  it("are whole as far as they decode, and said to be broken otherwise", () => {
    expect(decodeTransfer("aGVs\u0000bG8*")).toEqual({ bytes: Buffer.from("hello"), broken: true });
    expect(decodeTransfer("aGVsbG8hI").broken).toBe(true);
  });

  it("survive the round trip", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const { bytes: back, broken } = decodeTransfer(Buffer.from(bytes).toString("base64url"));
        expect(back).toEqual(Buffer.from(bytes));
        expect(broken).toBe(false);
      }),
    );
  });
});
