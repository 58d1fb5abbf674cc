import fc from "fast-check";
import { expect, test } from "vitest";
import { cursorAfter, cursorBefore, decodeCursor, encodeCursor, type PageCursor } from "./page-cursor.ts";

const token = fc.string({ minLength: 1, maxLength: 40 });

/** The cursors of one page after the other, as somebody sees them who presses "Older" so often. */
function walk(tokens: readonly string[]): PageCursor[] {
  const cursors: PageCursor[] = [];
  for (const token of tokens) cursors.push(cursorAfter(cursors.at(-1) ?? null, token, 50));
  return cursors;
}

test("a cursor survives the address bar", () => {
  const cursor = fc.record({
    token,
    before: fc.integer({ min: 1, max: 100_000_000 }),
    trail: fc.array(token, { maxLength: 20 }),
  });
  fc.assert(
    fc.property(cursor, (cursor) => {
      const text = encodeCursor(cursor);
      expect(text).toMatch(/^[\w-]+$/);
      expect(decodeCursor(text)).toEqual(cursor);
    }),
  );
});

test("however far somebody pages, and however long Gmail's tokens are, the cursor is one that is understood", () => {
  const long = fc.string({ minLength: 400, maxLength: 500, unit: "grapheme-ascii" });
  fc.assert(
    fc.property(fc.array(fc.oneof(token, long), { minLength: 1, maxLength: 90 }), (tokens) => {
      const [last] = walk(tokens).slice(-1);
      if (!last) return;
      const decoded = decodeCursor(encodeCursor(last));
      expect(decoded).toMatchObject({ token: tokens.at(-1), before: tokens.length * 50 });
      // The nearest pages before stay known.
      expect(last.trail.slice(-3)).toEqual(decoded?.trail.slice(-3));
    }),
    { numRuns: 300 },
  );
});

test("Older and then Newer leads back to the same page, and from the second page to the first", () => {
  const tokens = ["b", "c", "d"];
  const [second, third, fourth] = walk(tokens);
  expect(second).toEqual({ token: "b", before: 50, trail: [] });
  expect(fourth).toEqual({ token: "d", before: 150, trail: ["b", "c"] });
  expect(fourth && cursorBefore(fourth, 50)).toEqual(third);
  expect(third && cursorBefore(third, 50)).toEqual(second);
  expect(second && cursorBefore(second, 50)).toBeNull();
});

test("what is no cursor is none, and is never an error", () => {
  const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  for (const text of [
    "",
    "%",
    "null",
    json(null),
    json([]),
    json({}),
    json({ t: "", n: 1, p: [] }),
    json({ t: "a", n: 0, p: [] }),
    json({ t: "a", n: 1.5, p: [] }),
    json({ t: "a", n: "1", p: [] }),
    json({ t: "a", n: 1e12, p: [] }),
    json({ t: "a", n: 1, p: [7] }),
    json({ t: "a", n: 1, p: Array(41).fill("x") }),
    json({ t: "a".repeat(2_001), n: 1, p: [] }),
    "x".repeat(100_000),
  ]) {
    expect(decodeCursor(text)).toBeNull();
  }
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.json().map((text) => Buffer.from(text).toString("base64url")),
      ),
      (text) => {
        expect(() => decodeCursor(text)).not.toThrow();
      },
    ),
    { numRuns: 1_000 },
  );
});

test("a damaged cursor is another cursor or none, and is never an error", () => {
  const good = encodeCursor({ token: "09876543210987654321", before: 150, trail: ["1", "2"] });
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, letter) => {
      const decoded = decodeCursor(good.slice(0, at) + letter + good.slice(at + 1));
      if (decoded) expect(decoded.before).toBeGreaterThan(0);
    }),
  );
});
