import { expect, it } from "vitest";
import { authenticationNotes } from "./authentication-notes.ts";

const google =
  "mx.google.com;\r\n dkim=pass header.i=@a.example header.s=s1;\r\n spf=softfail (google.com: domain of x@b.example) smtp.mailfrom=x@b.example;\r\n arc=none;\r\n dmarc=pass (p=NONE) header.from=a.example";

const notes = (...headers: [name: string, value: string][]) =>
  authenticationNotes(headers.map(([name, value]) => ({ name, value })));

it("tells what Google found out, of the topmost line alone", () => {
  const [googles, forged, others] = notes(
    ["Authentication-Results", google],
    ["Authentication-Results", google],
    ["Authentication-Results", "mx.list.example; dkim=pass header.d=bank.example"],
  );
  expect(googles).toEqual({
    kind: "googles",
    checks: [
      { method: "dkim", result: "pass", domain: "a.example" },
      { method: "spf", result: "fail", domain: "b.example" },
      { method: "arc", result: "none", domain: null },
      { method: "dmarc", result: "pass", domain: "a.example" },
    ],
  });
  expect(forged).toEqual({ kind: "others", by: "mx.google.com" });
  expect(others).toEqual({ kind: "others", by: "mx.list.example" });
});

it("believes nothing good in a line that an address has torn", () => {
  const torn = "mx.google.com; dkim=fail header.d=a.example; dkim=pass header.d=bank.example (x";
  expect(notes(["Authentication-Results", torn])).toEqual([
    { kind: "googles", checks: [{ method: "dkim", result: "fail", domain: "a.example" }] },
  ]);
});

it("says what the other lines are", () => {
  expect(
    notes(
      ["DKIM-Signature", "v=1; a=rsa-sha256;\r\n d=a.example; s=s1; b=x"],
      ["Received-SPF", "pass"],
      ["ARC-Seal", "i=1"],
      ["Subject", "dkim=pass"],
    ),
  ).toEqual([{ kind: "signature", domain: "a.example" }, { kind: "spf" }, { kind: "arc" }, null]);
});
