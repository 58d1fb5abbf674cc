import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { asSignInProblem, signInProblems } from "../domain/sign-in-problem.ts";
import { signInProblemWords } from "../i18n/sign-in-problem-words.ts";
import { wordsIn } from "../i18n/words.ts";
import { problemOfExchange, problemOfRedirect } from "./sign-in-problem.ts";

describe("Google's redirect with error=", () => {
  it.each([
    ["access_denied", "access-denied"],
    ["admin_policy_enforced", "admin-policy"],
    ["org_internal", "org-internal"],
    ["temporarily_unavailable", "google-unavailable"],
    ["server_error", "google-unavailable"],
    ["invalid_scope", "unknown"],
    ["constructor", "unknown"],
    ["", "unknown"],
  ])("%s is %s", (error, problem) => expect(problemOfRedirect(error)).toBe(problem));
});

/** openid-client's errors, as it makes them. */
class OPError extends Error {
  readonly error: string;
  readonly response: { statusCode: number };
  constructor(error: string, description: string, statusCode = 400) {
    super(`${error} (${description})`);
    this.error = error;
    this.response = { statusCode };
  }
}
const coded = (code: string, message = code) => Object.assign(new Error(message), { code });

describe("an exchange that failed with", () => {
  it.each<[string, unknown, string]>([
    ["a code used twice", new OPError("invalid_grant", "Bad Request"), "code-not-accepted"],
    ["a wrong secret", new OPError("invalid_client", "Unauthorized", 401), "misconfigured"],
    ["a foreign client", new OPError("unauthorized_client", "Unauthorized", 401), "misconfigured"],
    ["a Google that does not say where it is", coded("malformed-answer"), "google-unavailable"],
    [
      "a deleted client",
      new OPError("deleted_client", "The OAuth client was deleted.", 401),
      "misconfigured",
    ],
    ["a disabled client", new OPError("disabled_client", "Disabled", 401), "misconfigured"],
    ["503 with words", new OPError("server_error", "Try again later.", 503), "google-unavailable"],
    ["429", new OPError("rate_limit_exceeded", "Rate Limit Exceeded", 429), "google-unavailable"],
    ["503 without words", new Error("expected 200 OK, got: 503 Service Unavailable"), "google-unavailable"],
    ["no route", coded("ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:1"), "google-unavailable"],
    ["a reset", coded("ECONNRESET", "socket hang up"), "google-unavailable"],
    ["no name", coded("ENOTFOUND", "getaddrinfo ENOTFOUND"), "google-unavailable"],
    ["a timeout", new Error("outgoing request timed out after 10000ms"), "google-unavailable"],
    ["no JSON", new SyntaxError("Unexpected token '<', \"<html>\" is not valid JSON"), "google-unavailable"],
    ["a token of tomorrow", new Error("id_token issued in the future, now 1, iat 999"), "clock-skew"],
    ["a token of yesterday", new Error("id_token expired, now 999, exp 1"), "clock-skew"],
    ["no state cookie", new Error("State cookie was missing."), "state-missing"],
    ["another state", new Error("state mismatch, expected a, got: b"), "state-missing"],
    ["no nonce", new Error("nonce mismatch, expected a, got: b"), "state-missing"],
    ["no PKCE cookie", new Error("PKCE code_verifier cookie was missing."), "state-missing"],
    ["something else", new Error("unexpected iss value"), "unknown"],
    ["nothing", undefined, "unknown"],
    ["a text", "invalid_grant", "unknown"],
  ])("%s", (_, error, problem) => {
    expect(problemOfExchange(error)).toBe(problem);
  });

  it("says the same when NextAuth hands it on inside something else", () => {
    for (const error of [
      new OPError("invalid_grant", "Bad Request"),
      new Error("id_token expired, now 9, exp 1"),
    ]) {
      const problem = problemOfExchange(error);
      expect(problem).not.toBe("unknown");
      expect(problemOfExchange({ error, providerId: "google" })).toBe(problem);
      expect(problemOfExchange(Object.assign(new Error("outer"), { originalError: error }))).toBe(problem);
      expect(problemOfExchange(new Error("outer", { cause: error }))).toBe(problem);
      expect(problemOfExchange({ error: new Error("outer", { cause: error }) })).toBe(problem);
    }
  });

  it("an error that holds itself is unknown, and ends", () => {
    const error = new Error("loop");
    error.cause = error;
    expect(problemOfExchange(error)).toBe("unknown");
  });
});

test("whatever stands in the address is a problem that has words", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.constantFrom(...signInProblems, "constructor", "__proto__")),
      (text) => {
        const words = signInProblemWords(wordsIn("en"), asSignInProblem(text));
        expect(words.title.length * words.text.length * words.button.length).toBeGreaterThan(0);
      },
    ),
  );
});
