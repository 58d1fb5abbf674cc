import { describe, expect, test } from "vitest";
import { wordProblems } from "./check-words.ts";
import { argumentsOf, compare, flatten } from "./words/catalogues.ts";
import { callsOf, type Source, usedKeys } from "./words/sources.ts";
import { visibleWords } from "./words/visible.ts";

const page = (text: string): Source => ({ path: "app/page.tsx", text });
const code = (text: string): Source => ({ path: "lib/request/code.ts", text });

test("our own catalogues and sources hold to all of this", () => {
  expect(wordProblems()).toEqual([]);
});

describe("a catalogue is told when it", () => {
  const english = {
    list: { inbox: "Inbox", to: "To: <b>{names}</b>", count: "{n, plural, one {#} other {#}}" },
  };
  const thai = { list: { inbox: "กล่องจดหมาย", to: "ถึง: <b>{names}</b>", count: "{n, plural, other {#}}" } };

  test.each([
    ["lacks a message", { list: { ...thai.list, inbox: undefined } }, ["th.json lacks list.inbox"]],
    ["has one too many", { ...thai, more: "อีก" }, ["th.json has more, and en.json has not"]],
    [
      "leaves one in English",
      { list: { ...thai.list, inbox: "Inbox" } },
      ["th.json leaves list.inbox in English"],
    ],
    [
      "says it in other letters than its own",
      { list: { ...thai.list, inbox: "Kotak Masuk" } },
      ["th.json leaves list.inbox in English"],
    ],
    [
      "forgets a tag",
      { list: { ...thai.list, to: "ถึง: {names}" } },
      ["th.json, list.to: takes names where the English takes <b>, names"],
    ],
    [
      "renames an argument",
      { list: { ...thai.list, to: "ถึง: <b>{name}</b>" } },
      ["th.json, list.to: takes <b>, name where the English takes <b>, names"],
    ],
  ])("%s", (_, other, problems) => {
    const plain = JSON.parse(JSON.stringify(other));
    expect(compare(english, plain, "th")).toEqual(problems);
  });

  test("is sound: then there is nothing to tell", () => {
    expect(compare(english, thai, "th")).toEqual([]);
    expect([...flatten(thai).keys()]).toEqual(["list.inbox", "list.to", "list.count"]);
  });

  test("is no ICU message", () => {
    expect(compare({ a: "It is {n}." }, { a: "อยู่ {n" }, "th").join()).toMatch(
      /^th\.json, a: is no ICU message/,
    );
  });
});

describe("a text that is in no catalogue is found", () => {
  test.each([
    ["between tags", `<p>Newer mail</p>`, "Newer mail"],
    ["of one word, in small letters", `<p>and more</p>`, "and more"],
    ["read aloud", `<nav aria-label="pages" />`, "pages"],
    ["pointed at", `<a title="newer" />`, "newer"],
    ["in an expression", `<p>{isOne ? "Show it" : other}</p>`, "Show it"],
    ["with something in it", `<p>{\`Disconnect \${email}?\`}</p>`, "Disconnect …?"],
    ["in brackets", `<p>{subject ?? "(no subject)"}</p>`, "(no subject)"],
  ])("%s", (_, markup, text) => {
    expect(visibleWords(page(`const a = ${markup};`))).toEqual([
      `app/page.tsx:1: “${text}” is in no catalogue`,
    ]);
  });

  test("in what gives words to pages", () => {
    expect(visibleWords(code(`export const title = "Held back by Gmail";`))).toHaveLength(1);
  });
});

test.each([
  `<p className="Inter grid-cols-2">{t("list.newer")}</p>`,
  `<a href="/mail">Latchkey</a>`,
  `<p>{count} · {size}</p>`,
  `<meta media="(prefers-color-scheme: dark)" />`,
])("what is no text is not: %s", (markup) => {
  expect(visibleWords(page(`const a = ${markup};`))).toEqual([]);
});

test.each([
  `throw new Error("The clock stands still.");`,
  `log.warn({ event: "a.b" }, "Google does not answer");`,
  `await query\`SELECT "Account" WHERE a = \${b}\`;`,
  `const kind: "Held back" | "Given" = read();`,
])("what an operator or a program reads may be English: %s", (text) => {
  expect(visibleWords(code(text))).toEqual([]);
});

test("a key is used where it stands, as it is or put together", () => {
  const used = usedKeys([
    code('t("list.inbox"); const hint = "list.empty"; t(`a`);'),
    code(`t(\`trouble.\${kind}.title\`);`),
  ]);
  const asked = [
    "list.inbox",
    "list.empty",
    "trouble.rate-limited.title",
    "trouble.rate-limited.text",
    "list",
  ];
  expect(asked.filter(used.has)).toEqual(["list.inbox", "list.empty", "trouble.rate-limited.title"]);
});

test("a call says what it gives to a message", () => {
  const text = 't("a.b", { n: 1, at }); t.rich("c", { ...rest }); t.raw("d"); other("e", { f });';
  expect(callsOf(code(text)).map(({ key, given }) => [key, given])).toEqual([
    ["a.b", ["at", "n"]],
    ["c", null],
  ]);
  expect(argumentsOf("{n, plural, one {<b>#</b>} other {{at}}}")).toEqual(["<b>", "at", "n"]);
});
