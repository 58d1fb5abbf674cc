import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { AccountId } from "../domain/mail.ts";
import type { TokenKey } from "../domain/token-keys.ts";
import { makeDataKey, UnknownTokenKeyError, unwrapDataKey, wrapDataKey } from "./data-key.ts";
import { SealError } from "./seal.ts";

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
const account = fc.uuid().map((id) => id as AccountId);
const tokenKey = (id: string, fill: number): TokenKey => ({ id, key: new Uint8Array(32).fill(fill) });
const alice = "0190a000-0000-7000-8000-000000000001" as AccountId;

test("a data key is unwrapped for its own account, and for no other", () => {
  fc.assert(
    fc.property(bytes, bytes, account, account, (key, dataKey, mine, other) => {
      fc.pre(mine !== other);
      const keys = [{ id: "k1", key }] as const;
      const stored = wrapDataKey(keys, mine, dataKey);
      expect(unwrapDataKey(keys, mine, stored)).toEqual(new Uint8Array(dataKey));
      expect(() => unwrapDataKey(keys, other, stored)).toThrow(SealError);
    }),
  );
});

test("the first key wraps, and all of them unwrap", () => {
  const [old, young] = [tokenKey("old", 1), tokenKey("young", 2)];
  const dataKey = new Uint8Array(32).fill(9);
  const stored = wrapDataKey([old], alice, dataKey);
  expect(stored.keyId).toBe("old");
  expect(unwrapDataKey([young, old], alice, stored)).toEqual(dataKey);
  expect(wrapDataKey([young, old], alice, dataKey).keyId).toBe("young");
});

test("a data key whose wrapping key is gone from TOKEN_KEYS names that key and nothing else", () => {
  const { stored } = makeDataKey([tokenKey("old", 1)], alice);
  try {
    unwrapDataKey([tokenKey("young", 2)], alice, stored);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(UnknownTokenKeyError);
    expect(error).toMatchObject({ code: "unknown-token-key" });
    expect(String(error)).toContain('"old"');
    expect(inspect(error, { depth: null })).not.toContain(Buffer.from(stored.wrapped).toString("hex"));
  }
});

test("another key under the same id does not unwrap", () => {
  const { stored } = makeDataKey([tokenKey("k1", 1)], alice);
  expect(() => unwrapDataKey([tokenKey("k1", 2)], alice, stored)).toThrow(SealError);
});

test("every account gets a data key of its own", () => {
  const keys = [tokenKey("k1", 1)] as const;
  const made = Array.from({ length: 50 }, () =>
    Buffer.from(makeDataKey(keys, alice).dataKey).toString("hex"),
  );
  expect(new Set(made).size).toBe(50);
  expect(made.every((key) => key.length === 64)).toBe(true);
});
