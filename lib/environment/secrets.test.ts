import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { secretProblems } from "./secrets.ts";

const keyNamed = (name: string) => createHash("sha256").update(name).digest();
const base64 = (key: Uint8Array) => Buffer.from(key).toString("base64");
const strong = `k1:${base64(keyNamed("k1"))}`;
const guessable = /^NEXTAUTH_SECRET: .*, so it can be guessed; `openssl rand -base64 32` makes one$/;

const problemsOfSecret = (secret: string) => secretProblems({ NEXTAUTH_SECRET: secret, TOKEN_KEYS: strong });
const problemsOfKeys = (...keys: Uint8Array[]) =>
  secretProblems({ TOKEN_KEYS: keys.map((key, index) => `k${index + 1}:${base64(key)}`).join() });

describe("a NEXTAUTH_SECRET that can be guessed is refused without being told", () => {
  it.each([
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "0000000000000000000000000000000000000000000=",
    "aaaaaaaaaaaaaaab",
    "abcabcabcabcabcabcabc",
    "AbAbAbAbAbAbAbAbAbAbAb",
    "0123456789abcdef0123456789abcdef",
    "abcdefghijklmnopqrstuvwxyz012345",
    "zyxwvutsrqponmlkjihgfedcba",
    "1111222233334444",
    "2468ace02468ace0",
    "8203947561029384",
    "qwertyuiopasdfghjkl",
    "1q2w3e4r5t6y7u8i9o0p",
    "changemechangemechangeme",
    "change-me-please-change-me",
    "supersecretpassword123",
    "P4ssw0rd-P@ssword!",
    "your-nextauth-secret-here",
    "$(openssl rand -base64 32)",
    "openssl rand -base64 32",
    "secretsecretsecret",
    "replace_this_with_a_random_string",
    "a a a a a a a a a a a a a a a a",
    "mmmmnnnnmmmmnnnnmmmm",
  ])("%s", (secret) => {
    const problems = problemsOfSecret(secret);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(guessable);
  });
});

describe("a key of TOKEN_KEYS that can be guessed is refused by its name", () => {
  it.each([
    ["zeros", new Uint8Array(32)],
    ["the same byte", new Uint8Array(32).fill(0xa7)],
    ["all but one byte the same", new Uint8Array(32).fill(1, 1)],
    ["counting up", Uint8Array.from({ length: 32 }, (_, index) => index)],
    ["counting down in sevens", Uint8Array.from({ length: 32 }, (_, index) => (256 - 7 * index) & 0xff)],
    [
      "half a key, twice",
      Buffer.concat([keyNamed("half").subarray(0, 16), keyNamed("half").subarray(0, 16)]),
    ],
    ["a passphrase", Buffer.from("correct horse battery staple, ok")],
    ["hexadecimal digits of 16 bytes", Buffer.from(keyNamed("hex").toString("hex").slice(0, 32))],
  ])("%s", (_, key) => {
    expect(key).toHaveLength(32);
    const [problem, ...others] = problemsOfKeys(key);
    expect(others).toEqual([]);
    expect(problem).toMatch(/^TOKEN_KEYS: key "k1" .*, so it can be guessed; put a new one first/);
    expect(problem).not.toContain(base64(key));
    expect(problemsOfKeys(keyNamed("k1"), key)).toEqual([
      expect.stringMatching(/^TOKEN_KEYS: key "k2" .*; run `npm run keys:rotate` and take it out$/),
    ]);
  });
});

test("random secrets and keys are never refused", () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  // fast-check likes edges; what a random source gives is spread: a hash of whatever it chose.
  const random = bytes(16).map((seed) => createHash("sha256").update(seed).digest());
  fc.assert(
    fc.property(random, random, fc.constantFrom("base64", "base64url", "hex"), (secret, key, encoding) => {
      const given = {
        NEXTAUTH_SECRET: secret.toString(encoding as BufferEncoding),
        TOKEN_KEYS: `k1:${base64(key)}`,
      };
      expect(secretProblems(given)).toEqual([]);
      expect(problemsOfSecret(secret.toString("hex").slice(0, 24))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

describe("one value for two things", () => {
  it.each([
    ["the same spelling", (key: Buffer) => key.toString("base64")],
    ["base64url", (key: Buffer) => key.toString("base64url")],
    ["without its end", (key: Buffer) => key.toString("base64").replace("=", "")],
  ])("the same key under two names is refused, %s", (_, spelled) => {
    const key = keyNamed("twice");
    expect(secretProblems({ TOKEN_KEYS: `${strong},old:${base64(key)},older:${spelled(key)}` })).toEqual([
      'TOKEN_KEYS: keys "old" and "older" are the same key; each needs its own',
    ]);
  });

  it.each(["base64", "base64url", "hex"] as const)(
    "a key as NEXTAUTH_SECRET is refused, in %s",
    (encoding) => {
      const key = keyNamed("k1");
      for (const secret of [key.toString(encoding), `k1:${key.toString(encoding)}`]) {
        expect(problemsOfSecret(secret)).toEqual([
          expect.stringMatching(/^NEXTAUTH_SECRET: is a key of TOKEN_KEYS too; it needs a value of its own/),
        ]);
      }
    },
  );

  it("Google's client secret as NEXTAUTH_SECRET is refused", () => {
    const secret = keyNamed("client").toString("hex");
    expect(
      secretProblems({ NEXTAUTH_SECRET: secret, GOOGLE_CLIENT_SECRET: secret, TOKEN_KEYS: strong }),
    ).toEqual([expect.stringMatching(/^NEXTAUTH_SECRET: is GOOGLE_CLIENT_SECRET too/)]);
  });
});

test("while keys are rotated, an old key that can be guessed may still open; the first may not be one", () => {
  const weak = `weak:${base64(new Uint8Array(32))}`;
  expect(secretProblems({ TOKEN_KEYS: `${strong},${weak}` }, { oldKeysMayBeWeak: true })).toEqual([]);
  expect(secretProblems({ TOKEN_KEYS: `${weak},${strong}` }, { oldKeysMayBeWeak: true })).toHaveLength(1);
});
