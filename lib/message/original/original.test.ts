import { expect, it } from "vitest";
import { cpuMs } from "../fixtures/cpu-time.ts";
import { makeOriginal, shownSourceBytes } from "./original.ts";

const original = (source: string) => makeOriginal(Buffer.from(source, "latin1"), true);
const first = (source: string) => original(source).headers[0];

it("keeps headers as they were sent, and decodes those that mean something else", () => {
  expect(original("Subject: Plain\r\nTo: a@b.example,\r\n c@d.example\r\n\r\nText").headers).toEqual([
    { name: "Subject", raw: "Plain", decoded: null, isCut: false, note: null },
    { name: "To", raw: "a@b.example,\n c@d.example", decoded: null, isCut: false, note: null },
  ]);
  expect(first("Subject: =?utf-8?Q?Caf=C3=A9_?=\r\n =?utf-8?B?4Liq?=\r\n\r\n")).toMatchObject({
    raw: "=?utf-8?Q?Caf=C3=A9_?=\n =?utf-8?B?4Liq?=",
    decoded: "Café ส",
  });
});

it("decodes file names that are encoded or cut in pieces", () => {
  expect(
    first(
      "Content-Disposition: attachment;\r\n filename*0*=utf-8''%E2%82%AC;\r\n filename*1=\" rates.pdf\"\r\n\r\n",
    )?.decoded,
  ).toBe('attachment; filename="€ rates.pdf"');
});

it("shows what hides in a header, as sent and decoded", () => {
  expect(first("Subject: =?utf-8?Q?a=E2=80=AEb?=\n\n")?.decoded).toBe("a⟨U+202E⟩b");
  expect(first("Subject: Caf\xe9\0\n\n")).toMatchObject({ raw: "Caf⟨E9⟩⟨U+0000⟩", decoded: null });
});

it("shows the beginning of what is long, and says so", () => {
  const long = original(`X: ${"y".repeat(10_000)}\n${"Z: 1\n".repeat(300)}\n${"text ".repeat(100_000)}`);
  expect(long.headers).toHaveLength(200);
  expect(long.headers[0]?.isCut).toBe(true);
  expect(long.isCut).toBe(true);
  expect(long.source).toMatchObject({ shownBytes: shownSourceBytes, isWhole: false });
  expect(original("A: 1\n\nText")).toMatchObject({
    isCut: false,
    source: { text: "A: 1\n\nText", shownBytes: 10, isWhole: true },
  });
});

it("is made in no time of whatever comes", () => {
  const pieces = ["=?", "=?utf-8?q?=?=", "\r\n ", ";x*0=", "\u00e9", "\0", ": ", "Received: from (", "\n"];
  for (const piece of pieces) {
    const source = `Subject: ${piece.repeat(300_000 / piece.length)}`;
    expect(
      cpuMs(() => original(source)),
      JSON.stringify(piece),
    ).toBeLessThan(500);
  }
});
