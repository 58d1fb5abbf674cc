import { expect, it } from "vitest";
import { sourceText } from "../mime/header-block.ts";
import { visibleSource } from "./visible-source.ts";

it.each([
  ["what turns text around", "invoice\u202efdp.exe", "invoice⟨U+202E⟩fdp.exe"],
  ["isolates and marks", "\u2066a\u2069\u200e", "⟨U+2066⟩a⟨U+2069⟩⟨U+200E⟩"],
  ["what has no width", "pay\u200bpal\u00ad\ufeff", "pay⟨U+200B⟩pal⟨U+00AD⟩⟨U+FEFF⟩"],
  ["tags that nobody sees", "a\u{e0041}", "a⟨U+E0041⟩"],
  ["controls", "a\0b\x1b[31m\x7f\x9b", "a⟨U+0000⟩b⟨U+001B⟩[31m⟨U+007F⟩⟨U+009B⟩"],
  ["a carriage return by itself", "a\rb\r\nc", "a⟨U+000D⟩b\nc"],
  ["line and paragraph separators", "a\u2028b\u2029", "a⟨U+2028⟩b⟨U+2029⟩"],
  ["half a character", "a\ud83d", "a⟨U+D83D⟩"],
])("writes out %s", (_name, text, shown) => {
  expect(visibleSource(text)).toBe(shown);
});

it("writes out bytes that are no text, and leaves every script alone", () => {
  expect(visibleSource(sourceText(Buffer.from("Caf\xe9\r\n", "latin1")))).toBe("Caf⟨E9⟩\n");
  const scripts = "Café\tที่อยู่ 日本語 العربية 😀\n";
  expect(visibleSource(scripts)).toBe(scripts);
});
