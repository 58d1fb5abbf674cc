import { describe, expect, it } from "vitest";
import type { SenderWarning } from "../../domain/sender-trust.ts";
import { messageFrom } from "../fixtures/gmail-payload.ts";
import { makeReadable } from "../readable.ts";

interface Mail {
  readonly from?: string;
  readonly results?: string;
  readonly more?: readonly string[];
  readonly labels?: readonly string[];
}

async function warnings({ from = "Ann <ann@bank.example>", results, more = [], labels = [] }: Mail) {
  const lines = [
    ...(results ? [`Authentication-Results: mx.google.com; ${results}`] : []),
    ...more,
    `From: ${from}`,
  ];
  const message = await messageFrom(`${lines.join("\r\n")}\r\n\r\nHello.\r\n`, { labelIds: labels as never });
  return makeReadable(message).warnings;
}
const codes = (found: readonly SenderWarning[]) => found.map(({ code }) => code);

const failed = "dmarc=fail (p=NONE dis=NONE) header.from=bank.example";

describe("a reader is warned", () => {
  it("of a sender whom the domain does not stand behind, with who does", async () => {
    const results = `dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=x@evil.example; ${failed}`;
    expect(await warnings({ results })).toEqual([
      { code: "not-confirmed", domain: "bank.example", signedBy: "evil.example", sentBy: "evil.example" },
    ]);
  });

  it("of answers that go to another organization", async () => {
    const more = ["Reply-To: ann@evil.example"];
    expect(await warnings({ results: "dmarc=pass", more })).toEqual([
      { code: "replies-elsewhere", from: "ann@bank.example", to: "ann@evil.example" },
    ]);
    expect(await warnings({ more: ["Reply-To: service@mail.bank.example"] })).toEqual([]);
    expect(await warnings({ more: ["Reply-To: ann@evil.example, service@bank.example"] })).toEqual([]);
  });

  it("of names and domains that are written to be taken for others", async () => {
    expect(codes(await warnings({ from: "=?utf-8?Q?P=D0=B0ypal?= <x@xn--80ak6aa92e.com>" }))).toEqual([
      "look-alike-domain",
      "look-alike-name",
    ]);
    const alike = "Bo <bo@xn--80ak6aa92e.com>, Cy <cy@xn--80ak6aa92e.com>";
    expect(codes(await warnings({ from: alike }))).toEqual(["look-alike-domain"]);
    const second = "Ann <ann@bank.example>, Bo <bo@xn--80ak6aa92e.com>";
    expect(codes(await warnings({ from: second }))).toEqual(["look-alike-domain"]);
  });
});

describe("a reader is not warned", () => {
  const list = ["List-Id: The pond <pond.lists.example>", "Reply-To: pond@lists.example"];

  it("of a list that changes what it passes on, and is told which one it is", async () => {
    const results = `spf=pass smtp.mailfrom=pond-bounces@lists.example; dkim=fail header.d=bank.example; ${failed}`;
    expect(await warnings({ results, more: list })).toEqual([
      { code: "passed-on", domain: "bank.example", by: "pond.lists.example", isList: true },
    ]);
  });

  it("of a list that writes under its own address", async () => {
    const results = "dkim=pass header.d=lists.example; dmarc=pass header.from=lists.example";
    const more = ["List-Id: <pond.lists.example>", "Reply-To: ann@bank.example"];
    expect(await warnings({ from: "Ann via The pond <pond@lists.example>", results, more })).toEqual([]);
  });

  it("but of who only says that they are a list", async () => {
    const results = `spf=pass smtp.mailfrom=x@evil.example; ${failed}`;
    expect(codes(await warnings({ results, more: list }))).toEqual(["not-confirmed", "replies-elsewhere"]);
  });

  it("of a relay that sealed what it had found out", async () => {
    const more = ["ARC-Seal: i=1; d=relay.example; cv=none; b=x"];
    expect(await warnings({ results: `arc=pass (i=1); ${failed}`, more })).toEqual([
      { code: "passed-on", domain: "bank.example", by: "relay.example", isList: false },
    ]);
  });

  it("of what Google did not check, or says nothing of", async () => {
    expect(await warnings({})).toEqual([]);
    expect(await warnings({ results: "dkim=none; spf=none" })).toEqual([]);
  });

  it.each(["SENT", "DRAFT"])("of what the account wrote itself: %s", async (label) => {
    const more = ["Reply-To: sari@elsewhere.example"];
    expect(await warnings({ labels: [label], more, results: failed })).toEqual([]);
  });
});
