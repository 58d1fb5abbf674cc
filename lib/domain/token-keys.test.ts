import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parseTokenKeys } from "./token-keys.ts";

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
const id = fc.stringMatching(/^[\w.-]{1,32}$/);
const base64 = (key: Uint8Array) => Buffer.from(key).toString("base64");

test("keys are read in their order, in base64 and base64url, with commas, spaces or lines between", () => {
  const keys = fc.uniqueArray(fc.record({ id, key: bytes }), {
    selector: ({ id }) => id,
    minLength: 1,
    maxLength: 4,
  });
  const encoding = fc.constantFrom("base64", "base64url" as const);
  fc.assert(
    fc.property(keys, encoding, fc.constantFrom(",", ", ", "\n", " "), (keys, encoding, between) => {
      const text = keys.map(({ id, key }) => `${id}:${Buffer.from(key).toString(encoding)}`).join(between);
      expect(parseTokenKeys(text)).toEqual(keys.map(({ id, key }) => ({ id, key: new Uint8Array(key) })));
    }),
  );
});

describe("refused with words", () => {
  const good = base64(new Uint8Array(32).fill(1));
  it.each([
    ["", "needs at least one key, as id:base64"],
    [" , ", "needs at least one key, as id:base64"],
    ["c2VjcmV0c2VjcmV0c2VjcmV0", "key 1 is not of the form id:base64"],
    [`k1:${good},:${good}`, "key 2 is not of the form id:base64"],
    [`k1:${good},k 2:${good}`, "key 2 is not of the form id:base64"],
    [`k1:${base64(new Uint8Array(31))}`, 'key "k1" has 31 bytes, and needs 32'],
    [`k1:${base64(new Uint8Array(33))}`, 'key "k1" has 33 bytes, and needs 32'],
    [`k1:${good},k1:${good}`, "has two keys with the same id"],
  ])("%j", (text, words) => {
    expect(() => parseTokenKeys(text)).toThrow(words);
  });
});

test("an error holds no key material, however the text is broken", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 24, maxLength: 40 }),
      fc.constantFrom(
        (key: string) => key,
        (key: string) => `k1:${key}!`,
        (key: string) => `k 1:${key}`,
        (key: string) => `k1=${key}`,
        (key: string) => `k1:${key},k1:${key}`,
        (key: string) => `${key}:${key}:${key}`,
      ),
      (key, broken) => {
        const material = base64(key).replace(/=+$/, "");
        try {
          parseTokenKeys(broken(base64(key)));
        } catch (error) {
          expect(inspect(error, { depth: null, showHidden: true })).not.toContain(material);
        }
      },
    ),
  );
});
