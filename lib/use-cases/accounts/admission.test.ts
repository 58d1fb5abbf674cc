import { describe, expect, it } from "vitest";
import { type GoogleIdentity, isNamed, mayEnter, vouchedAddress } from "./admission.ts";

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
    [person("guest@elsewhere.test", "elsewhere.test"), true],
    [person("Guest@Elsewhere.Test", "Elsewhere.test"), true],
    [person("guest@elsewhere.test", null), false],
    [person("guest@elsewhere.test", "evil.test"), false],
    [person("guest@elsewhere.test", "elsewhere.test", false), false],
    [person("other@elsewhere.test", "elsewhere.test"), false],
    [person("xguest@elsewhere.test", null), false],
    [person("guest@elsewhere.test.evil", null), false],
  ])("%o: %s", (identity, enters) =>
    expect(mayEnter(identity, of([], ["guest@elsewhere.test"]))).toBe(enters),
  );

  it("beside a domain, either opens", () => {
    const both = of(["example.org"], ["guest@elsewhere.test"]);
    expect(mayEnter(person("guest@elsewhere.test", "elsewhere.test"), both)).toBe(true);
    expect(mayEnter(person("maya@example.org", "example.org"), both)).toBe(true);
    expect(mayEnter(person("maya@gmail.com", null), both)).toBe(false);
  });
});

describe("Google vouches for an address", () => {
  it.each<[string, GoogleIdentity, string | null]>([
    ["at gmail.com", person("Maya@Gmail.com", null), "maya@gmail.com"],
    ["of the Workspace's own domain", person("maya@example.org", "example.org"), "maya@example.org"],
    ["and not for one without a Workspace", person("maya@example.org", null), null],
    ["and not for one that belongs to another Workspace", person("maya@example.org", "evil.test"), null],
    ["and not for a Workspace's other domain", person("maya@alias.example", "example.org"), null],
    ["and not for a subdomain", person("maya@mail.example.org", "example.org"), null],
    ["and not for one that was not verified", person("maya@gmail.com", null, false), null],
    ["and not for googlemail.com", person("maya@googlemail.com", null), null],
    ["and not for gmail.com of a Workspace", person("maya@gmail.com", "example.org"), null],
  ])("%s", (_, identity, vouched) => expect(vouchedAddress(identity)).toBe(vouched));
});

describe("a list names an account", () => {
  it.each<[string, GoogleIdentity, string[], boolean]>([
    ["by its address", person("ada@example.org", "example.org"), ["ada@example.org"], true],
    ["by its sub, whatever its address", person("ada@evil.test", null, false), ["sub:1"], true],
    ["and not by another sub", person("ada@example.org", "example.org"), ["sub:11"], false],
    [
      "and not by an address that Google does not vouch for",
      person("ada@example.org", null),
      ["ada@example.org"],
      false,
    ],
    [
      "and not by letters that only Unicode takes for the same",
      person("\u212Aate@example.org", "example.org"),
      ["kate@example.org"],
      false,
    ],
    [
      "and not by a domain that only Unicode takes for the same",
      person("ada@\u212Aeys.org", "\u212Aeys.org"),
      ["ada@keys.org"],
      false,
    ],
    [
      "and not by a dotted capital I",
      person("\u0130da@example.org", "example.org"),
      ["ida@example.org"],
      false,
    ],
  ])("%s", (_, identity, entries, named) => expect(isNamed(identity, entries)).toBe(named));
});

it("a Workspace domain that only Unicode takes for the same admits nobody", () => {
  expect(mayEnter(person("ada@\u212Aeys.org", "\u212Aeys.org"), of(["keys.org"]))).toBe(false);
});
