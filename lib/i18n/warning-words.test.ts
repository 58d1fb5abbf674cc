import { describe, expect, it } from "vitest";
import { languages } from "../domain/language.ts";
import type { SenderWarning } from "../domain/sender-trust.ts";
import { warningWords } from "./warning-words.ts";
import { wordsIn } from "./words.ts";

const en = wordsIn("en");

const warnings: readonly (readonly [SenderWarning, string])[] = [
  [
    { code: "not-confirmed", domain: "bank.example", signedBy: null, sentBy: "evil.example" },
    "Perhaps not from bank.example. Google could not confirm that bank.example sent this message.",
  ],
  [
    { code: "passed-on", domain: "bank.example", by: "pond.lists.example", isList: true },
    "Passed on by pond.lists.example. Google could not confirm that it is from bank.example. With lists that is usual.",
  ],
  [
    { code: "passed-on", domain: "bank.example", by: "relay.example", isList: false },
    "Passed on by relay.example. Google could not confirm that it is from bank.example. With mail that is passed on that is usual.",
  ],
  [
    { code: "misleading-name", claimed: "a@bank.example", address: "" },
    "The sender's name is another address. The sender's name claims to be “a@bank.example”. The message names no address that it came from.",
  ],
  [
    {
      code: "look-alike-domain",
      shown: "аррӏе.com",
      ascii: "xn--80ak6aa92e.com",
      looksLike: "apple.com",
      reason: "foreign-letters",
    },
    "This is not apple.com. The sender's domain only looks like it. Its real name is xn--80ak6aa92e.com.",
  ],
  [
    {
      code: "look-alike-domain",
      shown: "банk.example",
      ascii: "xn--k-7sba0b.example",
      looksLike: null,
      reason: "mixed-scripts",
    },
    "The sender's domain is written to deceive. Look closely at банk.example. In DNS it is xn--k-7sba0b.example.",
  ],
  [
    {
      code: "look-alike-domain",
      shown: "bank․example",
      ascii: "",
      looksLike: null,
      reason: "odd-characters",
    },
    "The sender's domain is written to deceive. It holds characters that mail systems change or leave out: bank․example.",
  ],
  [
    { code: "look-alike-name", name: "Pаypal", looksLike: "Paypal" },
    "The sender's name only looks like “Paypal”. It holds letters of other alphabets.",
  ],
  [
    { code: "replies-elsewhere", from: "a@bank.example", to: "a@evil.example" },
    "Answers go elsewhere. The message is from a@bank.example; an answer goes to a@evil.example.",
  ],
  [
    {
      code: "known-name",
      name: "Ann",
      address: "a@evil.example",
      known: "a@bank.example",
      isUnconfirmed: true,
    },
    "Probably not the Ann you know. Same name, new address: a@evil.example. Earlier messages under this name came from a@bank.example.",
  ],
  [
    { code: "own-name", name: "Ann", address: "a@evil.example" },
    "Your name, another address. a@evil.example writes under your own name.",
  ],
  [
    { code: "known-look", address: "a@rnodern.example", known: "a@modern.example" },
    "Perhaps not the sender you know. a@rnodern.example looks like a@modern.example, whom you have mail from, and is another.",
  ],
  [
    { code: "first-message", address: "a@bank.example" },
    "First message from a@bank.example. There is no earlier one in your mail.",
  ],
];

describe("a warning about a sender", () => {
  it.each(warnings)("is a sentence: %j", (warning, sentence) => {
    const { title, text } = warningWords(en, warning);
    expect(`${title} ${text}`).toBe(sentence);
  });

  it("has a reason, in every language", () => {
    for (const [warning] of warnings) {
      for (const language of languages) {
        expect(warningWords(wordsIn(language), warning).reasons).not.toHaveLength(0);
      }
    }
  });

  it("keeps a name that is written from right to left to itself", () => {
    const warning = {
      code: "misleading-name",
      claimed: "שלום@bank.example",
      address: "x@evil.example",
    } as const;
    expect(warningWords(en, warning).text).toContain("“\u2068שלום@bank.example\u2069”");
  });
});
