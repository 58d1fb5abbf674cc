import { expect, test } from "vitest";
import type { Label, LabelId } from "../domain/mail.ts";
import { viewName } from "./list-words.ts";
import { wordsIn } from "./words.ts";

const labels: readonly Label[] = [
  { id: "Label_1" as LabelId, name: "Amt/Steuer", type: "user", color: null, hiddenInList: false },
];

test.each([
  ["bin", "Bin", "Sampah", "ถังขยะ"],
  ["Label_1", "Amt/Steuer", "Amt/Steuer", "Amt/Steuer"],
  ["Label_99", "Mail", "Email", "จดหมาย"],
])("the list %s is called %s, %s and %s", (slug, en, id, th) => {
  expect(viewName(wordsIn("en"), slug, labels)).toBe(en);
  expect(viewName(wordsIn("id"), slug, labels)).toBe(id);
  expect(viewName(wordsIn("th"), slug, labels)).toBe(th);
});
