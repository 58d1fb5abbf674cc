import { expect, test } from "vitest";
import type { Label, LabelId } from "../domain/mail.ts";
import { mailListOf } from "../domain/mail-list.ts";
import { listName } from "./list-words.ts";
import { wordsIn } from "./words.ts";

const labels: readonly Label[] = [
  { id: "Label_1" as LabelId, name: "Amt/Steuer", type: "user", color: null, hiddenInList: false },
];

test.each([
  ["bin", "Bin", "Sampah", "ถังขยะ"],
  ["Label_1", "Amt/Steuer", "Amt/Steuer", "Amt/Steuer"],
  ["Label_99", "Mail", "Email", "อีเมล"],
])("the list %s is called %s, %s and %s", (slug, en, id, th) => {
  expect(listName(wordsIn("en"), mailListOf(slug), labels)).toBe(en);
  expect(listName(wordsIn("id"), mailListOf(slug), labels)).toBe(id);
  expect(listName(wordsIn("th"), mailListOf(slug), labels)).toBe(th);
});
