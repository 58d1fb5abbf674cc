import { describe, expect, it } from "vitest";
import { cpuMs } from "../fixtures/cpu-time.ts";
import { doubledHeaders, headerDate, headerText, overlongHeaders, structuredHeader } from "./headers.ts";

const header = (name: string, value: string) => [{ name, value }];

describe("headers", () => {
  it("are found in any case, unfolded and decoded", () => {
    expect(headerText(header("SUBJECT", "a\r\n\tb"), "subject")).toBe("a b");
    expect(headerText(header("Subject", "=?iso-2022-jp?B?GyRCRnxLXBsoQg==?= ok"), "subject")).toBe("日本 ok");
  });

  it("join a character that was split over two encoded words", () => {
    expect(headerText(header("Subject", "=?utf-8?B?4LiB4Lg=?= =?utf-8?B?gg==?="), "subject")).toBe("กข");
  });

  it("survive an unknown charset and broken encoded words", () => {
    expect(headerText(header("Subject", "=?x-nobody?Q?caf=65?="), "subject")).toBe("cafe");
    expect(headerText(header("Subject", "=?utf-8?Q?open"), "subject")).toBe("=?utf-8?Q?open");
  });

  it("are null when absent or blank", () => {
    expect(headerText([], "subject")).toBeNull();
    expect(headerText(header("Subject", " \u200b "), "subject")).toBeNull();
  });

  it.each([
    ["=?utf-8?Q?Siap_ke_Kaf=C3=A9_Senja??=", "Siap ke Kafé Senja?"],
    ["=?utf-8?Q?Apa??= =?utf-8?Q?_Siapa??=", "Apa? Siapa?"],
    ["=?utf-8?Q?Apa?_Siapa?=20Kapan??= lagi", "Apa? Siapa? Kapan? lagi"],
    ["Re: =?utf-8?Q?Apa?=? =?utf-8?B?w6k=?=", "Re: Apa? é"],
    ["=?utf-8?q?=3D?= =?UTF-8?Q?=C3?= =?utf-8?Q?=A9?=", "=é"],
    ["=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"],
    ["=?utf-8?Q?tanpa ujung", "=?utf-8?Q?tanpa ujung"],
    ["a =?utf-8?X?b?= c", "a =?utf-8?X?b?= c"],
  ])("reads %s as %s", (value, text) => {
    expect(headerText(header("Subject", value), "subject")).toBe(text);
  });

  it("of a megabyte are cut before any work, and said to be", () => {
    const headers = header("Subject", "=?utf-8?Q?a?= ".repeat(80_000));
    expect(headerText(headers, "subject")?.length).toBeLessThanOrEqual(2_000);
    expect(cpuMs(() => headerText(headers, "subject"))).toBeLessThan(300);
    expect(overlongHeaders(headers)).toEqual(["subject"]);
  });

  it("that may stand once are named when they stand twice", () => {
    const twice = [
      ...header("From", "a"),
      ...header("from", "b"),
      ...header("Received", "x"),
      ...header("Received", "y"),
    ];
    expect(doubledHeaders(twice)).toEqual(["from"]);
  });

  it("with parameters are read by RFC 2231", () => {
    const value = "attachment; filename*0*=UTF-8''%E0%B8%81; filename*1=.pdf; SIZE=3";
    expect(structuredHeader(header("Content-Disposition", value), "content-disposition")).toEqual({
      value: "attachment",
      params: { filename: "ก.pdf", size: "3" },
    });
  });
});

describe("the Date header", () => {
  it.each([
    ["Sat, 21 Nov 2026 08:02:11 +0700 (ICT)", "2026-11-21T01:02:11.000Z"],
    ["21 Nov 2026 08:02 GMT", "2026-11-21T08:02:00.000Z"],
    ["Tue, 1 Jul 2003 10:52:37 EST", "2003-07-01T15:52:37.000Z"],
    ["Sat, 21 Nov 2026 08:02:11", "2026-11-21T08:02:11.000Z"],
  ])("%s", (value, expected) => {
    expect(headerDate(header("Date", value))?.toISOString()).toBe(expected);
  });

  it("is null when it is no date", () => {
    expect(headerDate(header("Date", "yesterday"))).toBeNull();
    expect(headerDate([])).toBeNull();
  });
});
