import { describe, expect, it } from "vitest";
import { cleanLink } from "./clean-link.ts";

const cleaned = (href: string) => cleanLink(href).href;

describe("a link without what tells who has clicked", () => {
  it.each([
    ["https://example.org/?utm_source=mail&utm_campaign=x", "https://example.org/"],
    ["https://example.org/a?id=7&utm_source=mail&page=2#top", "https://example.org/a?id=7&page=2#top"],
    ["https://example.org/a?mc_eid=9f&mc_cid=1", "https://example.org/a"],
    ["https://example.org/a?FBCLID=x&q=%E0%B9%84%20a+b", "https://example.org/a?q=%E0%B9%84%20a+b"],
    ["https://example.org/a?q=1&amp;utm_medium=email", "https://example.org/a?q=1"],
    ["https://example.org/a?_hsenc=p2&_hsmi=1&mkt_tok=eyJ", "https://example.org/a"],
  ])("%s", (href, expected) => {
    expect(cleanLink(href)).toEqual({ href: expected, original: href });
  });

  it.each([
    "https://example.org/?ref=mail&source=list&email=a%40b.example&id=1",
    "https://example.org/?utm=1&gclid2=x",
    "https://files.example.org/a.pdf?utm_source=mail&X-Amz-Signature=ab&X-Amz-Date=1",
    "https://files.example.org/a?utm_source=mail&se=2027&sig=ab%3D",
    "https://example.org/confirm?token=abc&utm_source=mail",
    "https://example.org/a#utm_source=mail",
    "mailto:a@example.org?subject=utm_source&utm_source=mail",
    "https://example.org/?",
    "http://[broken?utm_source",
  ])("%s stays as it is", (href) => {
    if (href.includes("[broken")) expect(cleaned(href)).toBe("http://[broken");
    else expect(cleanLink(href)).toEqual({ href, original: null });
  });
});

describe("a link that only leads on", () => {
  const target = "https://example.org/a?b=1";
  const escaped = encodeURIComponent(target);
  const token = (held: object) => Buffer.from(JSON.stringify(held)).toString("base64url");
  it.each([
    `https://www.google.com/url?q=${escaped}&sa=D&ust=1`,
    `https://l.facebook.com/l.php?u=${escaped}&h=AT0`,
    `https://www.linkedin.com/redir/redirect?url=${escaped}&urlhash=x`,
    `https://www.youtube.com/redirect?event=x&q=${escaped}`,
    `https://abc.r.eu-west-1.awstrack.me/L0/${escaped}/1/0102018f-aaaa-000000/xYz=123`,
    `https://e.customeriomail.com/e/c/${token({ email_id: "1", href: target })}/sig`,
    `https://news.substack.com/redirect/2/${token({ e: target, p: 1 })}.sig`,
    `https://href.li/?${target}`,
  ])("goes straight there: %s", (href) => {
    expect(cleanLink(href)).toEqual({ href: target, original: href });
  });

  it("goes straight there through several, and without their parameters", () => {
    const inner = `https://www.google.com/url?q=${encodeURIComponent(`${target}&utm_source=x`)}`;
    expect(cleaned(`https://l.facebook.com/l.php?u=${encodeURIComponent(inner)}`)).toBe(target);
  });

  it.each([
    "https://www.google.com/url?q=javascript%3Aalert(1)",
    "https://www.google.com/url?q=%2Fsearch",
    "https://www.google.com/search?q=https%3A%2F%2Fexample.org",
    "https://evilgoogle.com/url?q=https%3A%2F%2Fexample.org",
    "https://e.customeriomail.com/e/c/eyJub3QganNvbg/x",
    "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org&data=05",
    "https://urldefense.com/v3/__https://example.org__;!!abc$",
  ])("stays where its target is none, or where it protects: %s", (href) => {
    expect(cleanLink(href)).toEqual({ href, original: null });
  });

  it("ends, however often it leads to itself", () => {
    const round = (times: number): string =>
      times === 0 ? target : `https://href.li/?${encodeURIComponent(round(times - 1))}`;
    expect(cleaned(round(6))).toMatch(/^https:\/\//u);
  });
});
