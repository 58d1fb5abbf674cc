import { inspect } from "node:util";
import { describe, expect, it, test } from "vitest";
import { processRevokeAnswer, revokeRequest, revokeToken } from "./revoke.ts";
import { issuerWith, sendJson } from "./throwaway-server.fixture.ts";

const token = "1//0refresh-S3CRET";
const answer = (status: number, json: unknown = {}) => ({ status, text: JSON.stringify(json) });

test("the request is a form with the token alone, not in the address", () => {
  expect(revokeRequest("https://issuer/revoke", token)).toEqual({
    url: "https://issuer/revoke",
    form: { token },
  });
});

describe("an answer", () => {
  it.each([
    [answer(200), "revoked"],
    [{ status: 200, text: "" }, "revoked"],
    [
      answer(400, { error: "invalid_token", error_description: "Token expired or revoked" }),
      "was-dead-already",
    ],
    [answer(400, { error: "invalid_grant" }), "was-dead-already"],
  ])("%j means that the grant is gone", (answer, outcome) => {
    expect(processRevokeAnswer(answer)).toBe(outcome);
  });

  it.each([
    [answer(400, { error: "invalid_request" }), "malformed-answer"],
    [answer(401, { error: "invalid_token" }), "malformed-answer"],
    [answer(403, { error: "invalid_token" }), "malformed-answer"],
    [{ status: 400, text: "<html>" }, "malformed-answer"],
    [{ status: 302, text: "" }, "malformed-answer"],
    [answer(204), "malformed-answer"],
    [answer(429), "rate-limited"],
    [answer(500, { error: "invalid_token" }), "unavailable"],
    [answer(503), "unavailable"],
  ])("%j has to be tried again", (answer, code) => {
    expect(() => processRevokeAnswer(answer)).toThrow(expect.objectContaining({ name: "OAuthError", code }));
  });
});

describe("over the wire", () => {
  it("posts to the endpoint that discovery names", async () => {
    const { issuer, seen } = await issuerWith((_, response) => sendJson(response, 200, {}));
    expect(await revokeToken(issuer, token, { deadlineMs: 5_000 })).toBe("revoked");
    expect(seen.at(-1)).toMatchObject({ method: "POST", path: "/revoke" });
    expect(seen.at(-1)?.form.get("token")).toBe(token);
  });

  it("fails without the token in the error", async () => {
    const { issuer } = await issuerWith((_, response) => response.socket?.resetAndDestroy());
    const failure = await revokeToken(issuer, token, { deadlineMs: 5_000 }).catch((error) => error);
    expect(failure).toMatchObject({ name: "OAuthError", code: "unavailable" });
    expect(inspect(failure, { depth: null, showHidden: true })).not.toContain("S3CRET");
  });
});
