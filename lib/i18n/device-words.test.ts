import { expect, it } from "vitest";
import { deviceWords } from "./device-words.ts";
import { wordsIn } from "./words.ts";

it.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Chrome on Windows",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
    "Safari on iOS",
  ],
  ["", "An unknown browser"],
  [null, "An unknown browser"],
  ["<script>alert(1)</script>", "A browser"],
])("%s is %s", (userAgent, words) => expect(deviceWords(wordsIn("en"), userAgent)).toBe(words));
