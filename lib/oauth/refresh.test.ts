import { inspect } from "node:util";
import { describe, expect, it, onTestFinished, test, vi } from "vitest";
import { freePort } from "#dev/database.ts";
import { OAuthError } from "./oauth-error.ts";
import { processRefreshAnswer, refreshRequest, refreshTokens } from "./refresh.ts";
import { issuerWith, sendJson } from "./throwaway-server.fixture.ts";

const client = (issuer: string) => ({ issuer, clientId: "client", clientSecret: "client-S3CRET" });
const us = client("https://accounts.google.com");
const token = "1//0refresh-S3CRET";
const answer = (json: unknown, status = 200) => ({ status, text: JSON.stringify(json) });

test("the request is a form with the grant, the client and nothing else", () => {
  expect(refreshRequest(client("https://issuer"), "https://issuer/token", token)).toEqual({
    url: "https://issuer/token",
    form: {
      grant_type: "refresh_token",
      client_id: "client",
      client_secret: "client-S3CRET",
      refresh_token: token,
    },
  });
});

describe("a refresh answer", () => {
  it("usually has no refresh token", () => {
    const json = { access_token: "ya29.a", expires_in: 3599, scope: "openid  a b", token_type: "Bearer" };
    expect(processRefreshAnswer(us, answer(json))).toEqual({
      accessToken: "ya29.a",
      expiresInSeconds: 3599,
      scopes: ["openid", "a", "b"],
      refreshToken: undefined,
      refreshTokenExpiresInSeconds: undefined,
      identity: null,
    });
  });

  const idToken = (claims: object): string =>
    ["e30", Buffer.from(JSON.stringify(claims)).toString("base64url"), "AA"].join(".");

  const about = { iss: "https://accounts.google.com", aud: "client", sub: "1", email: "maya@example.org" };

  const identityIn = (id_token: unknown) =>
    processRefreshAnswer(us, answer({ access_token: "ya29.a", id_token })).identity;

  it("says who the account is now", () => {
    const claims = { ...about, email_verified: true, name: "Maya", hd: "example.org" };
    const told = {
      sub: "1",
      email: "maya@example.org",
      emailVerified: true,
      name: "Maya",
      hd: "example.org",
    };
    expect(identityIn(idToken(claims))).toEqual(told);
    expect(identityIn(idToken({ ...claims, iss: "accounts.google.com", aud: ["other", "client"] }))).toEqual(
      told,
    );
    expect(identityIn(idToken(about))).toEqual({ ...told, emailVerified: false, name: null, hd: null });
    expect(identityIn(idToken({ ...about, email_verified: "yes" }))?.emailVerified).toBe(false);
  });

  it.each([
    [undefined],
    ["nonsense"],
    ["a.b.c"],
    [7],
    [idToken({})],
    [idToken({ ...about, email: undefined })],
  ])("whose ID token (%j) does not say, is a good one all the same", (id_token) => {
    expect(identityIn(id_token)).toBeNull();
  });

  it.each([[{ aud: "somebody else" }], [{ iss: "https://evil.example" }]])(
    "whose ID token is for another (%j) is malformed",
    (other) => {
      expect(() => identityIn(idToken({ ...about, ...other }))).toThrow(
        expect.objectContaining({ code: "malformed-answer" }),
      );
    },
  );

  it("may bring another refresh token", () => {
    const json = { access_token: "ya29.a", expires_in: 3599, refresh_token: "1//new" };
    expect(processRefreshAnswer(us, answer(json)).refreshToken).toBe("1//new");
  });

  it.each([
    [{ refresh_token_expires_in: 100 }, 100],
    [{ authorization_expires_in: 200 }, 200],
    [{ refresh_token_expires_in: 100, authorization_expires_in: 200 }, 100],
    [{ refresh_token_expires_in: "100" }, 100],
    [{}, undefined],
  ])("with %o has a grant that lasts %s seconds", (more, seconds) => {
    const processed = processRefreshAnswer(us, answer({ access_token: "ya29.a", ...more }));
    expect(processed.refreshTokenExpiresInSeconds).toBe(seconds);
    expect(processed.expiresInSeconds).toBe(3599);
  });

  it.each([
    ["no JSON", '{"access_token": "ya29.S3CRET" <!doctype html>'],
    ["nothing", ""],
    ["null", "null"],
    ["a list", '["ya29.S3CRET"]'],
    ["no access token", '{"expires_in": 3599}'],
    ["an empty access token", '{"access_token": ""}'],
    ["a number for an access token", '{"access_token": 7}'],
  ])("that is %s is malformed, and nothing of it is in the error", (_, text) => {
    try {
      processRefreshAnswer(us, { status: 200, text });
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ name: "OAuthError", code: "malformed-answer" });
      expect(inspect(error, { depth: null, showHidden: true })).not.toContain("S3CRET");
    }
  });
});

it("an odd field beside a good access token does not throw it away", () => {
  const odd = { access_token: "ya29.good", expires_in: -5, refresh_token: "", scope: null };
  const refreshed = processRefreshAnswer(us, { status: 200, text: JSON.stringify(odd) });
  expect(refreshed).toEqual({
    accessToken: "ya29.good",
    identity: null,
    expiresInSeconds: 3599,
    scopes: undefined,
    refreshToken: undefined,
    refreshTokenExpiresInSeconds: undefined,
  });
});

describe("over the wire", () => {
  it("posts one form to the token endpoint that discovery names", async () => {
    const { issuer, seen } = await issuerWith((_, response) =>
      sendJson(response, 200, { access_token: "ya29.new", expires_in: 60, refresh_token: "1//new" }),
    );
    const refreshed = await refreshTokens(client(issuer), token, { deadlineMs: 5_000 });
    expect(refreshed).toMatchObject({ accessToken: "ya29.new", refreshToken: "1//new" });
    expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /.well-known/openid-configuration",
      "POST /token",
    ]);
    expect(seen[1]?.form.get("refresh_token")).toBe(token);
  });

  it("never follows a redirect with a token in its hands", async () => {
    const elsewhere = await issuerWith((_, response) => sendJson(response, 200, { access_token: "stolen" }));
    const { issuer } = await issuerWith((_, response) => {
      response.writeHead(307, { location: `${elsewhere.issuer}/token` }).end();
    });
    await expect(refreshTokens(client(issuer), token, { deadlineMs: 5_000 })).rejects.toMatchObject({
      code: "unavailable",
    });
    expect(elsewhere.seen).toEqual([]);
  });

  it.each([
    ["a reset connection", "unavailable", "reset"],
    ["a truncated answer", "unavailable", "truncate"],
    ["a server that hangs", "timeout", "hang"],
    ["a dead grant", "invalid-grant", "invalid_grant"],
    ["a refused client", "misconfigured", "invalid_client"],
  ] as const)("%s is %s, and the error holds neither token nor secret", async (_, code, accident) => {
    const { issuer } = await issuerWith((_seen, response) => {
      if (accident === "hang") return;
      if (accident === "reset") response.socket?.resetAndDestroy();
      else if (accident === "truncate") {
        response.writeHead(200, { "content-length": "1000" });
        response.write('{"access_token":"ya29.S3CRET', () => response.destroy());
      } else sendJson(response, accident === "invalid_client" ? 401 : 400, { error: accident });
    });
    const failure = await refreshTokens(client(issuer), token, { deadlineMs: 500 }).catch((error) => error);
    expect(failure).toBeInstanceOf(OAuthError);
    expect(failure.code).toBe(code);
    expect(inspect(failure, { depth: null, showHidden: true })).not.toContain("S3CRET");
    expect(JSON.stringify(failure)).not.toContain("S3CRET");
  });

  it("has one deadline for discovery and the form together", async () => {
    const timeouts = vi.spyOn(AbortSignal, "timeout");
    onTestFinished(() => timeouts.mockRestore());
    const { issuer } = await issuerWith((_, response) => sendJson(response, 200, { access_token: "a" }), 400);
    await refreshTokens(client(issuer), token, { deadlineMs: 60_000 });
    // Timers may fire a little early.
    expect(timeouts.mock.calls.at(-1)?.[0]).toBeLessThanOrEqual(60_000 - 390);
  });

  it("ends when the visitor leaves", async () => {
    const { issuer } = await issuerWith(() => {});
    const visitor = new AbortController();
    const refresh = refreshTokens(client(issuer), token, { deadlineMs: 5_000, signal: visitor.signal });
    visitor.abort();
    await expect(refresh).rejects.toMatchObject({ code: "aborted" });
  });

  it("is unavailable where nobody listens", async () => {
    const nobody = client(`http://127.0.0.1:${await freePort()}`);
    await expect(refreshTokens(nobody, token, { deadlineMs: 5_000 })).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("ECONNREFUSED"),
    });
  });
});
