import { Writable } from "node:stream";
import type pino from "pino";
import { describe, expect, it, test } from "vitest";
import { openLog } from "./log.ts";
import { plainWords } from "./plain-words.ts";

describe("words from outside", () => {
  it.each([
    [
      "a line's end",
      'Bad Request\n{"level":30,"msg":"all is well"}',
      'Bad Request {"level":30,"msg":"all is well"}',
    ],
    ["a carriage return", "denied\r\naccepted", "denied accepted"],
    ["a terminal's escape", "\u001b[2J\u001b]0;title\u0007gone", " [2J ]0;title gone"],
    ["an eight-bit control", "a\u009b31mb", "a 31mb"],
    ["a separator of lines", "a\u2028b\u2029c\u0085d", "a b c d"],
    ["text that runs backwards", "safe\u202eexe.txt\u2066", "safe exe.txt "],
    ["signs of no width", "ad\u200bmin\ufeff", "ad min "],
    ["half a sign", "a\ud800b", "a b"],
    ["other scripts", "ขอโทษ – à bientôt", "ขอโทษ – à bientôt"],
  ])("%s is on one line, and plain", (_, text, plain) => {
    expect(plainWords(text)).toBe(plain);
  });

  it.each([
    "ya29.a0AfB_byC-0123456789",
    "1//0gAbCdEfGhIjKlMnOp",
    "4/0AbCdEfGhIjKlMn-_op",
    "GOCSPX-abcdefghijkl",
    "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
    "Bearer abcdefghijklmnop",
    `${Date.UTC(2026, 10, 27).toString(36)}.Ab-cdefghijklmnopqrs_v`,
  ])("%s does not stand in them", (token) => {
    expect(plainWords(`Malformed: ${token}, sorry`)).toBe("Malformed: [sealed], sorry");
    expect(plainWords(`${"x".repeat(490)} ${token}`)).not.toContain(token.slice(0, 12));
  });

  it("are cut", () => {
    expect(plainWords("word ".repeat(1_000_000))).toHaveLength(500);
    expect(plainWords("x".repeat(501))).toBe(`${"x".repeat(500)}…`);
  });
});

test("no line of the log has more than its own line, whatever it is told and however deep", () => {
  const lines: string[] = [];
  const log = openLog(
    new Writable({
      write: (chunk, _, done) => {
        lines.push(String(chunk));
        done();
      },
    }),
    "info",
  ) as pino.Logger; // Also what the types of our own log forbid: an error alone, and a sentence put together.
  const hostile = "x\u2028\u001b[31m\u202e ya29.a0AfB_byC-0123456789";
  log.warn({ error: hostile, nested: { [hostile]: [hostile] }, cause: new Error(hostile) }, hostile);
  log.info("Google said %s", hostile);
  log.error(new Error(hostile));
  expect(lines).toHaveLength(3);
  for (const line of lines) {
    expect(line).toMatch(/^\{"level":\d+,"time":\d+,[^\p{Cc}\p{Cf}\p{Zl}]*\}\n$/u);
    expect(line).not.toContain("ya29.");
    expect(line).not.toMatch(/\\u00(1b|9b)|stack/);
  }
});
