import { describe, expect, it } from "vitest";
import { type GoogleIdentity, mayEnter } from "./admission.ts";

const person = (email: string, hd: string | null, emailVerified = true): GoogleIdentity => ({
  sub: "1",
  email,
  hd,
  emailVerified,
  name: null,
});
const of = (domains: string[], emails: string[] = []) => ({ allowedDomains: domains, allowedEmails: emails });

describe("with neither list, everybody may enter", () => {
  it.each([
    person("a@example.org", "example.org"),
    person("a@gmail.com", null),
    person("a@b.c", null, false),
  ])("%o", (identity) => expect(mayEnter(identity, of([]))).toBe(true));
});

describe("with ALLOWED_DOMAINS=example.org", () => {
  it.each<[string, GoogleIdentity, boolean]>([
    ["of that Workspace", person("maya@example.org", "example.org"), true],
    ["in upper case", person("Maya@EXAMPLE.ORG", "Example.Org"), true],
    ["with a second address in that Workspace", person("maya@alias.example", "example.org"), true],
    ["unverified", person("maya@example.org", "example.org", false), false],
    ["without hd: an address there that no Workspace vouches for", person("maya@example.org", null), false],
    ["with an empty hd", person("maya@example.org", ""), false],
    ["of another Workspace with an address there", person("maya@example.org", "evil.test"), false],
    ["of a look-alike before", person("maya@evil-example.org", "evil-example.org"), false],
    ["of a look-alike behind", person("maya@example.org.evil.test", "example.org.evil.test"), false],
    ["of a subdomain", person("maya@mail.example.org", "mail.example.org"), false],
    ["with the domain before the @", person("example.org@evil.test", "evil.test"), false],
    ["with two @", person('"maya@example.org"@evil.test', null), false],
    ["with Google's own address", person("maya@gmail.com", null), false],
  ])("somebody %s", (_, identity, enters) => {
    expect(mayEnter(identity, of(["example.org"]))).toBe(enters);
  });
});

describe("with ALLOWED_DOMAINS=gmail.com", () => {
  it.each<[GoogleIdentity, boolean]>([
    [person("maya@gmail.com", null), true],
    [person("Maya@Gmail.com", null), true],
    [person("maya@gmail.com", null, false), false],
    [person("maya@googlemail.com", null), false],
    [person("maya@evil-gmail.com", null), false],
    [person("maya@gmail.com", "evil.test"), false],
  ])("%o: %s", (identity, enters) => expect(mayEnter(identity, of(["gmail.com"]))).toBe(enters));
});

describe("with ALLOWED_EMAILS=guest@elsewhere.test", () => {
  it.each<[GoogleIdentity, boolean]>([
    [person("guest@elsewhere.test", null), true],
    [person("Guest@Elsewhere.Test", "elsewhere.test"), true],
    [person("guest@elsewhere.test", null, false), false],
    [person("other@elsewhere.test", "elsewhere.test"), false],
    [person("xguest@elsewhere.test", null), false],
    [person("guest@elsewhere.test.evil", null), false],
  ])("%o: %s", (identity, enters) =>
    expect(mayEnter(identity, of([], ["guest@elsewhere.test"]))).toBe(enters),
  );

  it("beside a domain, either opens", () => {
    const both = of(["example.org"], ["guest@elsewhere.test"]);
    expect(mayEnter(person("guest@elsewhere.test", null), both)).toBe(true);
    expect(mayEnter(person("maya@example.org", "example.org"), both)).toBe(true);
    expect(mayEnter(person("maya@gmail.com", null), both)).toBe(false);
  });
});
