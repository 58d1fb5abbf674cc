import { expect, it } from "vitest";
import { cpuMs } from "../fixtures/cpu-time.ts";
import { hopsOf, tookMs } from "./hops.ts";

const received = (...values: string[]) => values.map((value) => ({ name: "Received", value }));
const only = (value: string) => hopsOf(received(value))[0];

const headers = [
  ...received(
    "by 2002:a05:6102:3f4d:b0:4a5:1234:5678 with SMTP id x1csp; Sat, 21 Nov 2026 01:00:09 -0800 (PST)",
    "from mail-out.example.org (mail-out.example.org. [203.0.113.7])\r\n        by mx.google.com with ESMTPS id a1\r\n        (version=TLS1_3 cipher=X bits=256/256);\r\n        Sat, 21 Nov 2026 01:00:08 -0800 (PST)",
    "from desk.example.org (localhost [127.0.0.1]) by mail-out.example.org (Postfix) with ESMTP id 7; Sat, 21 Nov 2026 09:00:03 +0000",
  ),
  { name: "Date", value: "Sat, 21 Nov 2026 16:00:01 +0700" },
];

it("tells the way from the sender on, with what each hop took", () => {
  expect(
    hopsOf(headers).map(({ from, by, protocol, delayMs, oddities }) => [
      from,
      by,
      protocol,
      delayMs,
      oddities,
    ]),
  ).toEqual([
    ["desk.example.org", "mail-out.example.org", "ESMTP", 2_000, []],
    ["mail-out.example.org", "mx.google.com", "ESMTPS", 5_000, []],
    [null, "2002:a05:6102:3f4d:b0:4a5:1234:5678", "SMTP", 1_000, []],
  ]);
  expect(hopsOf(headers)[1]).toMatchObject({ host: "mail-out.example.org", address: "203.0.113.7" });
  expect(tookMs(headers, hopsOf(headers))).toBe(8_000);
});

const at = "Sat, 21 Nov 2026 09:00:00 +0000";

it.each([
  ["no-date", "from a.example (a.example [203.0.113.7]) by b.example with ESMTPS id 1"],
  ["no-date", "from a.example (a.example [203.0.113.7]) by b.example with ESMTPS id 1; yesterday"],
  ["in-clear", `from a.example (a.example [203.0.113.7]) by b.example with SMTP id 1; ${at}`],
  ["other-name", `from bank.example (dsl7.cheap.example [203.0.113.7]) by b.example with ESMTPS; ${at}`],
])("names what is odd: %s in %j", (oddity, value) => {
  expect(only(value)?.oddities).toEqual([oddity]);
});

it.each([
  `from a.example (unknown [203.0.113.7]) by b.example (Postfix) with ESMTPSA id 1 for <c@d.example>; ${at}`,
  `from a.example ([203.0.113.7]) by b.example with esmtps (TLS1.3) tls TLS_AES (Exim 4.9) id 1; ${at}`,
  `from in.a.example (10.0.0.7) by b.example (10.0.0.8) with Microsoft SMTP Server (version=TLS1_2) id 1; ${at}`,
  `from a.example (smtp.a.example. [203.0.113.7]) by b.example with UTF8SMTPS; ${at}`,
  `by b.example (Postfix, from userid 1000) id 1; ${at}`,
])("finds nothing odd in %j", (value) => {
  expect(only(value)).toMatchObject({ by: "b.example", oddities: [] });
});

it("names clocks that contradict each other, and what was held up", () => {
  const hop = (day: string) => `from a.example by b.example with ESMTPS; ${day} Nov 2026 09:00:00 +0000`;
  const odd = (...days: string[]) => hopsOf(received(...days.map(hop))).map(({ oddities }) => oddities);
  expect(odd("22", "21")).toEqual([[], ["slow"]]);
  expect(odd("20", "21")).toEqual([[], ["before-the-last"]]);
  expect(tookMs([], hopsOf(received(hop("20"), hop("21"))))).toBeNull();
});

it.each([
  ["203.0.113.7", "(a.example [203.0.113.7])"],
  ["203.0.113.7", "([203.0.113.7:43344] helo=a.example)"],
  ["2001:db8::1", "(a.example. [IPv6:2001:db8::1])"],
  ["2001:db8::1", "(2001:db8::1)"],
  [null, "(a.example [1.2.3.4.5])"],
])("reads the address %s in %j", (address, told) => {
  expect(only(`from a.example ${told} by b.example with ESMTPS; ${at}`)?.address).toBe(address);
});

it("reads the worst lines in no time", () => {
  const lines = ["(", "from ", "by ", "with ", "from a (", "[", ";", ". "].map((part) => part.repeat(50_000));
  expect(cpuMs(() => hopsOf(received(...lines)))).toBeLessThan(200);
  expect(hopsOf(received(...Array.from({ length: 2_000 }, () => "by x")))).toHaveLength(50);
});
