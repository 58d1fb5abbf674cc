import { inspect } from "node:util";
import { expect, test } from "vitest";
import { oauthErrorOf, readJson } from "./oauth-error-of.ts";

test.each([
  [400, { error: "invalid_grant" }, "invalid-grant"],
  [401, { error: "invalid_grant" }, "invalid-grant"],
  [401, { error: "invalid_client" }, "misconfigured"],
  [401, { error: "unauthorized_client" }, "misconfigured"],
  [401, { error: "deleted_client" }, "misconfigured"],
  [400, { error: "disabled_client" }, "misconfigured"],
  [400, { error: "invalid_request" }, "malformed-answer"],
  [400, { error: "unsupported_grant_type" }, "malformed-answer"],
  [403, { error: "rate_limit_exceeded" }, "malformed-answer"],
  [400, { error: "invalid_grant", error_description: null, error_subtype: 7 }, "invalid-grant"],
  [429, { error: "rate_limit_exceeded" }, "rate-limited"],
  [429, {}, "rate-limited"],
  // A broken server may say anything: 5xx is never a word about the grant.
  [500, { error: "invalid_grant" }, "unavailable"],
  [503, { error: "temporarily_unavailable" }, "unavailable"],
  [502, "<html>Bad gateway</html>", "unavailable"],
  [429, { error: "invalid_grant" }, "rate-limited"],
  [400, "<html>Bad request</html>", "malformed-answer"],
  [400, "", "malformed-answer"],
  [400, { error: { message: "nested" } }, "malformed-answer"],
  [302, "", "malformed-answer"],
])("%i with %j is %s", (status, body, code) => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  expect(oauthErrorOf({ status, text }, "the refresh")).toMatchObject({ code, status });
});

test("keeps Google's words about the grant, and nothing else of the answer", () => {
  const text = JSON.stringify({
    error: "invalid_grant",
    error_description: "reauth related error (invalid_rapt)",
    error_subtype: "invalid_rapt",
    access_token: "ya29.S3CRET",
    id_token: "S3CRET",
  });
  const error = oauthErrorOf({ status: 400, text }, "the refresh");
  expect(error).toMatchObject({
    message: "Google answered the refresh with 400 invalid_grant.",
    error: "invalid_grant",
    subtype: "invalid_rapt",
    description: "reauth related error (invalid_rapt)",
  });
  expect(inspect(error, { depth: null, showHidden: true })).not.toContain("S3CRET");
});

test("what is no JSON is undefined", () => {
  expect(readJson("{")).toBeUndefined();
  expect(readJson("7")).toBe(7);
});

test("what Google says is cut and put on one line before anything of ours repeats it", () => {
  const hostile = `bad\r\n{"level":30}\u001b[2J\u202e ya29.a0AfB_byC-0123456789 ${"x".repeat(5_000)}`;
  const text = JSON.stringify({ error: hostile, error_subtype: hostile, error_description: hostile });
  const { message, error, subtype, description } = oauthErrorOf({ status: 400, text }, "the refresh");
  for (const words of [message, error, subtype, description]) {
    expect(words).toMatch(/bad \{"level":30\} +\[2J +\[sealed\] x/);
    expect(words).not.toMatch(/[\p{Cc}\p{Cf}]|ya29/u);
    expect(words?.length).toBeLessThan(260);
  }
});
