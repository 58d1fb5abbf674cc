import { describe, expect, it } from "vitest";
import { languageOfHeaders } from "./header-language.ts";
import { languageFor } from "./languages.ts";

describe("what a browser asks for", () => {
  it.each([
    ["th", "th"],
    ["fr, id;q=0.5, en;q=0.1", "id"],
    ["th;q=abc", "en"],
    ["\u00ff\u0080, $$, id", "id"],
  ])("%s is answered in %s", (header, language) => expect(languageFor(undefined, header)).toBe(language));

  it("is looked for among the first languages of a header without end", () => {
    expect(languageFor(undefined, `${"fr,".repeat(20)}th,${"id,".repeat(3_000)}`)).toBe("th");
    expect(languageFor(undefined, `${"a,".repeat(3_000)}th`)).toBe("en");
  });
});

describe("the language of a request that no page has seen", () => {
  it.each([
    ["latchkey.language=th", "th"],
    ["a=1; latchkey.language=th; b=2", "th"],
    ["latchkey.language=th; latchkey.language=id", "id"],
    ["latchkey.language=th;latchkey.language=xx", "en"],
    ["xlatchkey.language=th; latchkeyxlanguage=th", "en"],
    ["latchkey.language=%; a", "en"],
    ["", "en"],
  ])("is that of the last cookie with its name, as pages read it: %s", (cookie, language) => {
    expect(languageOfHeaders(cookie, null)).toBe(language);
  });
});
