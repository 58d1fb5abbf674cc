import { describe, expect, it } from "vitest";
import { readAuthentication } from "./authentication.ts";

type Lines = readonly (readonly [name: string, value: string])[];

const read = (lines: Lines, sender: string | null = "bank.example") =>
  readAuthentication(
    lines.map(([name, value]) => ({ name, value })),
    sender,
  );
const results = (value: string) => ["Authentication-Results", value] as const;
const hop = (from: string, how = "with ESMTPS id x (version=TLS1_3 cipher=y bits=256/256)") =>
  ["Received", `from ${from}\r\n by mx.google.com ${how}; Fri, 27 Nov 2026 08:02:11 -0800`] as const;

const passed =
  "mx.google.com; dkim=pass header.i=@mailer.example; dkim=pass header.i=@news.bank.example; spf=pass smtp.mailfrom=b@bounce.mailer.example; dmarc=pass header.from=bank.example";

describe("what Google found out", () => {
  it("names who signed, the sender's own first, who sent, and whether the sender stands behind it", () => {
    expect(read([hop("x (mta.bank.example. [203.0.113.7])"), results(passed)])).toEqual({
      isChecked: true,
      signatures: [
        { domain: "news.bank.example", isSenders: true },
        { domain: "mailer.example", isSenders: false },
      ],
      sentBy: { domain: "bounce.mailer.example", isSenders: false },
      dmarc: "pass",
      passedOnBy: null,
      cameFrom: { host: "mta.bank.example", address: "203.0.113.7" },
      encryptedInTransit: true,
    });
  });

  it.each<[string, Lines]>([
    ["stands below another's", [results("evil.example; dkim=none"), results(passed)]],
    ["is signed by a longer name", [results(passed.replace("google.com", "google.com.evil.example"))]],
    ["is signed by a name before", [results(passed.replace("mx.google", "evil.mx.google"))]],
    ["is signed by nobody", [results(passed.replace("mx.google.com;", ""))]],
    [
      "stands below the line of a server that is not Google's",
      [["Received", "from evil by mx.old.example with SMTP"], results(passed)],
    ],
    [
      "stands below such a line that names Google, too",
      [["Received", "from evil by mx.old.example (by mx.google.com)"], results(passed)],
    ],
    ["is torn", [results(`${passed} (`)]],
  ])("is nothing where it %s", (_name, lines) => {
    expect(read(lines)).toMatchObject({ signatures: [], sentBy: null, dmarc: null });
  });

  it("stands below Google's own lines, and above those that were forged", () => {
    const lines: Lines = [
      ["Delivered-To", "sari@example.org"],
      ["Received", "by 2002:a05:6102:3f4d:b0:4a5:1234:5678 with SMTP id x; Fri, 27 Nov 2026"],
      ["X-Received", "by 2002:a05:6102:3f4d with SMTP id x"],
      ["ARC-Seal", "i=1; a=rsa-sha256; d=google.com; s=arc"],
      hop("x ([203.0.113.7])", "with ESMTP id x"),
      results("mx.google.com; spf=softfail smtp.mailfrom=evil.example; dmarc=fail header.from=bank.example"),
      results(passed),
      hop("mta.bank.example (mta.bank.example. [192.0.2.1])"),
    ];
    expect(read(lines)).toMatchObject({
      isChecked: true,
      signatures: [],
      sentBy: null,
      dmarc: "fail",
      cameFrom: { host: null, address: "203.0.113.7" },
      encryptedInTransit: false,
    });
  });

  it.each([
    [
      "a check that is told twice, and passed once",
      "dmarc=pass; dmarc=none; spf=pass smtp.mailfrom=a.example; spf=fail",
      { dmarc: null, sentBy: null },
    ],
    ["another sender's", "dmarc=pass header.from=evil.example", { dmarc: "fail" }],
    [
      "a signature's domain in front of another",
      "dkim=pass header.d=bank.example.evil.example",
      { signatures: [{ isSenders: false }] },
    ],
    [
      "a signature in an address's local part",
      'dkim=pass header.i="bank.example"@evil.example',
      { signatures: [{ domain: "evil.example" }] },
    ],
    ["no domain at all", "dkim=pass header.d=<b>; spf=pass smtp.mailfrom=", { signatures: [], sentBy: null }],
    [
      "a signature that did not hold",
      "dkim=fail header.d=bank.example; dkim=neutral header.d=bank.example",
      { signatures: [] },
    ],
  ])("is not taken in by %s", (_name, value, expected) => {
    expect(read([results(`mx.google.com; ${value}`)])).toMatchObject(expected);
  });

  it("names neighbours below a public suffix as strangers", () => {
    const value = "mx.google.com; dkim=pass header.d=evil.co.id";
    expect(read([results(value)], "bank.co.id").signatures).toEqual([
      { domain: "evil.co.id", isSenders: false },
    ]);
  });

  it("names who sealed a message that was passed on, and nobody where the seals do not hold", () => {
    const lines = (arc: string): Lines => [
      ["ARC-Seal", "i=2; d=google.com; cv=pass"],
      results(
        `mx.google.com; arc=${arc} (i=1 dmarc=pass fromdomain=bank.example); dmarc=fail header.from=bank.example`,
      ),
      ["ARC-Seal", "i=1; a=rsa-sha256;\r\n\td=relay.example; cv=none; b=x="],
    ];
    expect(read(lines("pass")).passedOnBy).toBe("relay.example");
    expect(read(lines("fail")).passedOnBy).toBeNull();
  });

  it("takes a server's name from DNS, not from what it says of itself", () => {
    const name = (from: string) => read([hop(from)]).cameFrom;
    expect(name("(mta.bank.example.[192.0.2.1]) (evil.example. [203.0.113.7])")).toEqual({
      host: "evil.example",
      address: "203.0.113.7",
    });
    expect(name("mta.bank.example (unknown [203.0.113.7])")).toEqual({ host: null, address: "203.0.113.7" });
    expect(name("x (mail.example.org [203.0.113.7])")).toEqual({
      host: "mail.example.org",
      address: "203.0.113.7",
    });
    expect(name("mail.example (mail.example. [2001:db8::25])")).toEqual({
      host: "mail.example",
      address: "2001:db8::25",
    });
    expect(
      read([["Received", "from mta.bank.example (mta.bank.example. [192.0.2.1]) by mx.old.example"]])
        .cameFrom,
    ).toBeNull();
  });
});
