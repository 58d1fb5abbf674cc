import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lookAlikeDomain, lookAlikeName, resembledAddresses } from "./look-alikes.ts";

describe("a domain that looks like another", () => {
  it.each([
    ["Cyrillic alone", "аррӏе.com", "foreign-letters", "apple.com"],
    ["Cyrillic alone, as DNS has it", "xn--80ak6aa92e.com", "foreign-letters", "apple.com"],
    ["Cyrillic beside Latin", "xn--ggle-55da.com", "mixed-scripts", "google.com"],
    ["Greek beside Latin", "bαnk.example", "mixed-scripts", "bank.example"],
    ["Thai digits in Latin", "g๐๐gle.example", "mixed-scripts", "google.example"],
    ["letters of phonetics", "ɡooɡle.example", "foreign-letters", "google.example"],
    ["a dotless i", "lınkedın.com", "foreign-letters", "linkedin.com"],
    ["full width", "ｂank.example", "odd-characters", null],
    ["a dot that is none", "bank․example", "odd-characters", null],
    ["digits of another script", "bank١.example", "odd-characters", null],
    ["nothing to see", "ba\u2060nk.example", "odd-characters", null],
    ["Cyrillic that looks like nothing Latin", "банk.example", "mixed-scripts", null],
  ])("by %s is told, with what it looks like", (_name, domain, reason, looksLike) => {
    expect(lookAlikeDomain(domain)).toMatchObject({ reason, looksLike });
  });

  it("is shown both as it looks and as DNS has it", () => {
    expect(lookAlikeDomain("аррӏе.com")).toMatchObject({ shown: "аррӏе.com", ascii: "xn--80ak6aa92e.com" });
  });

  it.each([
    "example.org",
    "xn--mnchen-3ya.de",
    "café.example",
    "почта.рф",
    "рос.рф",
    "пример.example",
    "ธนาคาร.example",
    "ร้านabc.example",
    "日本語テスト.jp",
    "ışık.com.tr",
    "παράδειγμα.example",
    "xn--a",
    "",
    "192.0.2.1",
  ])("is not %s", (domain) => {
    expect(lookAlikeDomain(domain)).toBeNull();
  });
});

describe("a name that looks like another", () => {
  it.each([
    ["Pаypаl Support", "Paypal Support"],
    ["Bank Νusantara; Sаri", "Bank Nusantara; Sari"],
    ["G๐jek", "Gojek"],
  ])("is %s", (name, look) => {
    expect(lookAlikeName(name)).toBe(look);
  });

  it.each([
    "Sari Wulandari",
    "Сара Иванова",
    "μTorrent",
    "Яндекс.Taxi",
    "สมชาย ใจดี",
    "Toys Я Us",
    "É. Müller",
    "",
  ])("is not %s", (name) => {
    expect(lookAlikeName(name)).toBeNull();
  });
});

describe("addresses that one may be taken for", () => {
  it.each([
    ["ann@rnodern.example", "ann@modern.example"],
    ["ann@modem.example", "ann@modern.example"],
    ["ann@bаnk.example", "ann@bank.example"],
    ["ann@xn--bnk-6cd.example", "ann@bank.example"],
    ["ann@mail-warga.example", "ann@mailwarga.example"],
    ["ann@g0jek.example", "ann@gojek.example"],
    ["аnn@paypa1.example", "ann@paypal.example"],
  ])("of %s are among others %s", (address, known) => {
    expect(resembledAddresses(address)).toContain(known);
  });

  it("are few, of other organizations, and never thrown at", () => {
    expect(resembledAddresses(`a@${"rn".repeat(100)}.example`).length).toBeLessThanOrEqual(24);
    expect(resembledAddresses("a@mail.bank.example")).not.toContain("a@rnail.bank.example");
    expect(resembledAddresses("nobody")).toEqual([]);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        resembledAddresses(text);
        lookAlikeDomain(text);
        lookAlikeName(text);
      }),
    );
  });
});
