import fc from "fast-check";
import { expect, test } from "vitest";
import { openText, type SealContext, SealError, sealText } from "./seal.ts";

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const context: fc.Arbitrary<SealContext> = fc.record({
  table: fc.constantFrom("Credential", "DataKey", "Message"),
  field: fc.constantFrom("refreshToken", "accessToken", "subject"),
  accountId: fc.uuid(),
});

test("what is sealed opens for the same account, field and table", () => {
  fc.assert(
    fc.property(key, fc.string({ unit: "binary" }), context, (key, plain, context) => {
      expect(openText(key, sealText(key, plain, context), context)).toBe(plain.toWellFormed());
    }),
  );
});

test("what is sealed opens nowhere else", () => {
  fc.assert(
    fc.property(key, fc.string(), context, context, (key, plain, here, elsewhere) => {
      fc.pre(JSON.stringify(here) !== JSON.stringify(elsewhere));
      expect(() => openText(key, sealText(key, plain, here), elsewhere)).toThrow(SealError);
    }),
  );
});

test("what is sealed opens with no other key", () => {
  fc.assert(
    fc.property(key, key, fc.string(), context, (key, other, plain, context) => {
      fc.pre(Buffer.compare(key, other) !== 0);
      expect(() => openText(other, sealText(key, plain, context), context)).toThrow(SealError);
    }),
  );
});

test("any flipped bit is an error", () => {
  fc.assert(
    fc.property(key, fc.string({ maxLength: 40 }), context, fc.nat(), (key, plain, context, at) => {
      const sealed = sealText(key, plain, context);
      const bit = at % (sealed.length * 8);
      sealed[bit >> 3] = (sealed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => openText(key, sealed, context)).toThrow(SealError);
    }),
    { numRuns: 500 },
  );
});

test("a value cut short is an error, and so is one made longer", () => {
  fc.assert(
    fc.property(key, fc.string(), context, fc.nat(), (key, plain, context, cut) => {
      const sealed = sealText(key, plain, context);
      const length = cut % sealed.length;
      expect(() => openText(key, sealed.subarray(0, length), context)).toThrow(SealError);
      expect(() => openText(key, Uint8Array.of(...sealed, 0), context)).toThrow(SealError);
    }),
  );
});

test("sealing the same text twice gives different bytes", () => {
  const key = new Uint8Array(32).fill(7);
  const place = { table: "Credential", field: "refreshToken", accountId: "a" };
  expect(sealText(key, "1//token", place)).not.toEqual(sealText(key, "1//token", place));
});

test("the error of a value that does not open holds neither key nor text", () => {
  const key = new Uint8Array(32).fill(7);
  const sealed = sealText(key, "1//secret", { table: "Credential", field: "refreshToken", accountId: "a" });
  try {
    openText(key, sealed, { table: "Credential", field: "refreshToken", accountId: "b" });
    expect.unreachable();
  } catch (error) {
    expect(JSON.stringify(error) + String(error)).not.toContain("secret");
  }
});
