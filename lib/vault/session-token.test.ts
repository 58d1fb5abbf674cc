import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { hashSessionToken, makeSessionToken } from "./session-token.ts";

test("session tokens are 256 random bits each", () => {
  const tokens = Array.from({ length: 100 }, makeSessionToken);
  expect(new Set(tokens).size).toBe(100);
  expect(tokens.every((token) => Buffer.from(token, "base64url").length === 32)).toBe(true);
});

test("what is stored of a session token is its SHA-256", () => {
  const expected = createHash("sha256").update("token").digest("hex");
  expect(Buffer.from(hashSessionToken("token")).toString("hex")).toBe(expected);
});
