import { describe, expect, it } from "vitest";
import { judgeLink } from "./judge-link.ts";

const flagOf = (href: string, text: string) => judgeLink(href, text)?.flag ?? null;

describe("a link", () => {
  it.each([
    ["https://example.org/a", "Read more"],
    ["https://example.org/a", "example.org"],
    ["https://shop.example.org/a", "www.example.org"],
    ["https://example.org/a", "https://login.example.org/other"],
    ["https://example.co.id/a", "Visit www.example.co.id now"],
    ["https://example.org/", "report.pdf"],
    ["https://example.org/", "e.g. this and that"],
    ["https://example.org/", "info@example.org"],
    ["https://xn--bcher-kva.example/", "Bücher"],
    ["https://xn--12c1fe0br.th/", "เว็บ"],
    ["mailto:a@example.org", "www.other.com"],
    ["https://example.org/?to=a@b.com", "x"],
  ])("leads where it seems to: %s (%s)", (href, text) => {
    expect(judgeLink(href, text)).toBeNull();
  });

  it.each([
    ["https://evil.com/login", "https://www.paypal.com/login"],
    ["https://evil.com/login", "www.paypal.com"],
    ["https://evil.com/login", "paypal.com"],
    ["https://paypal.com.evil.com/", "paypal.com"],
    ["https://evil.com/", "Go to https://bank.co.id/ to log in"],
    ["https://evil.com/", "help@paypal.com"],
    ["https://evil.github.io/", "good.github.io"],
    ["http://192.0.2.1/", "www.bank.com"],
  ])("leads elsewhere than its text says: %s (%s)", (href, text) => {
    expect(flagOf(href, text)).toBe("other-site");
  });

  it.each([
    ["look-alike", "https://xn--pypal-4ve.com/"],
    ["look-alike", "https://xn--80ak6aa92e.com/"],
    ["number", "http://192.0.2.1/login"],
    ["number", "http://3221225985/login"],
    ["number", "http://[2001:db8::1]/"],
    ["disguised", "https://www.paypal.com@evil.com/"],
    ["shortened", "https://bit.ly/abc"],
    ["shortened", "https://www.tinyurl.com/abc"],
  ])("is told as %s: %s", (flag, href) => {
    expect(flagOf(href, "Click here")).toBe(flag);
  });
});
