import { expect, it } from "vitest";
import { readHeaderBlock, sourceText } from "./header-block.ts";

const headersOf = (source: string) => readHeaderBlock(Buffer.from(source, "latin1")).headers;

it("gives headers in their order, doubled ones too, folds as they were sent", () => {
  expect(headersOf("B: 1\r\nA:2\r\n\tand 3\r\nB :  4\r\n\r\nC: body")).toEqual([
    { name: "B", value: "1" },
    { name: "A", value: "2\r\n\tand 3" },
    { name: "B", value: " 4" },
  ]);
});

it("says whether their end was read, whatever ends a line", () => {
  for (const source of ["A: 1\n\nx", "A: 1\r\n\r\nx", "A: 1\n\r\nx"]) {
    expect(readHeaderBlock(Buffer.from(source))).toEqual({
      headers: [{ name: "A", value: "1" }],
      isWhole: true,
    });
  }
  expect(readHeaderBlock(Buffer.from("A: 1\r\nB: 2")).isWhole).toBe(false);
});

it("keeps a line that is no header", () => {
  expect(headersOf("From someone Mon\nA b: 1\n\n")).toEqual([
    { name: "", value: "From someone Mon" },
    { name: "", value: "A b: 1" },
  ]);
});

it("reads UTF-8, and keeps each byte of a line that is none", () => {
  expect(readHeaderBlock(Buffer.from("Subject: Café สวัสดี\n\n")).headers[0]?.value).toBe("Café สวัสดี");
  expect(headersOf("Subject: Caf\xe9\n\n")[0]?.value).toBe("Caf\udce9");
  const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const codes = [...sourceText(every)].map((one) => one.codePointAt(0) ?? 0);
  expect(codes.map((code) => (code >= 0xdc80 ? code - 0xdc00 : code))).toEqual([...every]);
});
