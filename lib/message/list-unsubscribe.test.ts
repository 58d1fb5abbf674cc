import { describe, expect, it } from "vitest";
import type { Header } from "../domain/mail.ts";
import { listUnsubscribe } from "./list-unsubscribe.ts";

const address = "https://lists.example.org/leave?id=1";

const read = (value: string) => listUnsubscribe([{ name: "List-Unsubscribe", value }]);

describe("the ways to leave a list", () => {
  it.each([
    ["a page", `<${address}>`, { page: address, mail: null }],
    ["the page that is secure", `<http://a.example/>, <${address}>`, { page: address }],
    ["a page that is not, where there is no other", "<http://a.example/>", { page: "http://a.example/" }],
    ["folded in the middle", "<https://lists.example.org/\r\n leave?id=1>", { page: address }],
    ["with a comment", `(leave here) <${address}>`, { page: address }],
    [
      "a mail",
      "<mailto:leave@example.org?subject=stop%20it>",
      { page: null, mail: "mailto:leave@example.org?subject=stop%20it" },
    ],
    [
      "a mail to one person alone, with nothing attached",
      "<mailto:leave@example.org?subject=a&cc=boss@example.org&bcc=x@example.org&attach=/etc/passwd>",
      { mail: "mailto:leave@example.org?subject=a" },
    ],
    [
      "a mail without line breaks in it",
      "<mailto:leave@example.org?subject=a%0D%0ABcc:%20x@example.org>",
      { mail: "mailto:leave@example.org?subject=a%20Bcc%3A%20x%40example.org" },
    ],
  ])("are read: %s", (_name, value, expected) => {
    expect(read(value)).toMatchObject(expected);
  });

  it.each([
    "NO (posting is not allowed)",
    address,
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "<ftp://example.org/leave>",
    "<https://user:secret@example.org/>",
    "<mailto:a@example.org,b@example.org>",
    "<mailto:%>",
    "<>",
    "",
    `<https://example.org/${"a".repeat(5_000)}>`,
  ])("are none: %s", (value) => {
    expect(read(value)).toBeNull();
  });

  it("are none where the header is missing", () => {
    expect(listUnsubscribe([])).toBeNull();
  });
});

interface Signed {
  readonly results?: string;
  readonly signature?: string;
  readonly more?: readonly Header[];
  readonly post?: string;
  readonly named?: string;
}

const pass = "mx.google.com; dkim=pass header.i=@example.org header.s=s1 header.b=Qk3xYz12";
const signature =
  "v=1; a=rsa-sha256; d=example.org; s=s1; h=From:To:\r\n List-Unsubscribe:List-Unsubscribe-Post; b=Qk3x\r\n Yz12abcd";

function oneClick({
  results = pass,
  signature: signed = signature,
  more = [],
  post = "List-Unsubscribe=One-Click",
  named = `<mailto:leave@example.org>, <${address}>`,
}: Signed = {}) {
  return listUnsubscribe([
    { name: "Authentication-Results", value: results },
    { name: "DKIM-Signature", value: signed },
    { name: "List-Unsubscribe", value: named },
    { name: "List-Unsubscribe-Post", value: post },
    ...more,
  ])?.oneClick;
}

describe("leaving by one click", () => {
  it("is offered where a signature that held covers both headers", () => {
    expect(oneClick()).toBe(address);
    expect(oneClick({ results: pass.replace("@example.org", "@news.example.org") })).toBe(address);
    expect(oneClick({ results: `mx.google.com; dkim=fail header.b=zzzzzzzz; ${pass.slice(15)}` })).toBe(
      address,
    );
  });

  it.each<[string, Signed]>([
    [
      "no signature held",
      { results: "mx.google.com; dkim=fail header.i=@example.org header.s=s1 header.b=Qk3xYz12" },
    ],
    ["nobody checked", { results: "" }],
    ["somebody else says that it held", { results: pass.replace("mx.google.com", "mx.evil.example") }],
    ["the results are torn", { results: `${pass} (` }],
    ["the signature that held is another", { results: pass.replace("Qk3xYz12", "AAAAAAAA") }],
    ["it is another domain's", { results: pass.replace("@example.org", "@example.net") }],
    ["it is with another key", { results: pass.replace("s1", "s2") }],
    ["it covers one header only", { signature: signature.replace(":List-Unsubscribe-Post", "") }],
    ["it covers none", { signature: signature.replace("List-Unsubscribe:List-Unsubscribe-Post", "Subject") }],
    ["a tag stands twice", { signature: `${signature}; h=list-unsubscribe:list-unsubscribe-post` }],
    [
      "two signatures begin alike",
      { more: [{ name: "DKIM-Signature", value: signature.replace("abcd", "efgh") }] },
    ],
    ["the header stands twice", { more: [{ name: "List-Unsubscribe", value: "<https://evil.example/>" }] }],
    ["the other header stands twice", { more: [{ name: "List-Unsubscribe-Post", value: "x" }] }],
    ["the sender asks for something else", { post: "List-Unsubscribe=Two-Clicks" }],
    ["there is no secure address", { named: "<http://lists.example.org/>" }],
    ["there is no address but a mail's", { named: "<mailto:leave@example.org>" }],
  ])("is not where %s", (_name, signed) => {
    expect(oneClick(signed)).toBeNull();
  });
});
