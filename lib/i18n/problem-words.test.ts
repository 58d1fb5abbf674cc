import { expect, test } from "vitest";
import { problemWords } from "./problem-words.ts";
import { wordsIn } from "./words.ts";

test.each([
  [["from"], "From stands in this message more than once; the first one is shown."],
  [["from", "reply-to"], "From, Reply-To stand in this message more than once; the first of each is shown."],
])("doubled headers are named as mail writes them: %s", (names, words) => {
  expect(problemWords(wordsIn("en"), { code: "headers-doubled", names })).toBe(words);
});
