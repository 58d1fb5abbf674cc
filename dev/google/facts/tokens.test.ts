import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deathCauses } from "../oauth/grants.ts";
import { defaultClient } from "../options.ts";
import { type App, mayaEmail, readonly, redirect, startApp } from "./app.ts";

const day = 24 * 3600;
let app: App;
beforeAll(async () => {
  app = await startApp();
});
beforeEach(() => app.control.reset());
afterAll(() => app.close());

test("§2 a reused code is invalid_grant", async () => {
  const code = (await app.signIn({ email: mayaEmail })).get("code");
  expect((await app.exchange(code)).status).toBe(200);
  expect(await app.exchange(code)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
});

test("§2 a code expires after ten minutes", async () => {
  const code = (await app.signIn({ email: mayaEmail })).get("code");
  await app.control.advanceClock(601);
  expect(await app.exchange(code)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
});

test("§2 a wrong redirect_uri or verifier is invalid_grant", async () => {
  for (const wrong of [
    { redirect_uri: `${redirect}/x` },
    { code_verifier: "wrong" },
    { code_verifier: "" },
  ]) {
    const code = (await app.signIn({ email: mayaEmail })).get("code");
    const { status, body } = await app.exchange(code, wrong);
    expect({ status, error: body.error }).toEqual({ status: 400, error: "invalid_grant" });
    expect(body.error_description).toEqual(expect.any(String));
  }
});

test("§2 a wrong client is 401 invalid_client; the secret may come by header or form", async () => {
  const wrong = await app.token({ grant_type: "refresh_token", refresh_token: "x", client_secret: "wrong" });
  expect(wrong).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  const basic = await fetch(`${app.google.url}/token`, {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(`${defaultClient.id}:${defaultClient.secret}`)}` },
    body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: "x" }),
  });
  expect(await basic.json()).toMatchObject({ error: "invalid_grant" });
});

test("§2 success has all members, with the scopes spelled out", async () => {
  const { body } = await app.connect({ email: mayaEmail });
  expect(body).toMatchObject({ expires_in: 3599, token_type: "Bearer", refresh_token: expect.any(String) });
  expect(body.scope.split(" ")).toEqual([
    "openid",
    "https://www.googleapis.com/auth/userinfo.email",
    "https://www.googleapis.com/auth/userinfo.profile",
    readonly,
  ]);
  expect(body).not.toHaveProperty("refresh_token_expires_in");
});

test("§2 the ID token is RS256; keys rotate and the one before still verifies", async () => {
  const { body } = await app.connect({ email: mayaEmail });
  expect(decodeProtectedHeader(body.id_token).alg).toBe("RS256");
  await app.control.rotateKeys();
  const fresh = await app.connect({ email: mayaEmail });
  const keys = createRemoteJWKSet(new URL(`${app.google.url}/oauth2/v3/certs`));
  for (const token of [body.id_token, fresh.body.id_token]) {
    await jwtVerify(token, keys, { issuer: app.google.url, audience: defaultClient.id });
  }
  expect(decodeProtectedHeader(fresh.body.id_token).kid).not.toBe(decodeProtectedHeader(body.id_token).kid);
});

test("§2 time-limited access says so and ends", async () => {
  await app.control.timeLimited(mayaEmail, 3600);
  const { body } = await app.connect({ email: mayaEmail });
  expect(body.refresh_token_expires_in).toBe(3600);
  expect((await app.refresh(body.refresh_token)).body.refresh_token_expires_in).toBeLessThanOrEqual(3600);
  await app.control.advanceClock(3601);
  expect(await app.refresh(body.refresh_token)).toMatchObject({
    status: 400,
    body: { error: "invalid_grant" },
  });
});

test("§2 a refresh answer has no refresh token", async () => {
  const { body } = await app.connect({ email: mayaEmail });
  const refreshed = await app.refresh(body.refresh_token);
  expect(refreshed.status).toBe(200);
  expect(refreshed.body).not.toHaveProperty("refresh_token");
  expect(refreshed.body.access_token).not.toBe(body.access_token);
});

test("§2 six idle months end a refresh token; use keeps it", async () => {
  const used = await app.connect({ email: mayaEmail });
  await app.control.advanceClock(100 * day);
  expect((await app.refresh(used.body.refresh_token)).status).toBe(200);
  await app.control.advanceClock(100 * day);
  expect((await app.refresh(used.body.refresh_token)).status).toBe(200);
  await app.control.advanceClock(184 * day);
  expect(await app.refresh(used.body.refresh_token)).toMatchObject({
    status: 400,
    body: { error: "invalid_grant" },
  });
});

test("§2 a changed password ends grants with Gmail scopes, and only those", async () => {
  const mail = await app.connect({ email: mayaEmail });
  const plain = await app.connect(
    { email: mayaEmail },
    { scope: "openid", prompt: "consent", include_granted_scopes: "" },
  );
  await app.control.killGrant(mayaEmail, "password-changed");
  expect((await app.refresh(mail.body.refresh_token)).body.error).toBe("invalid_grant");
  expect((await app.refresh(plain.body.refresh_token)).status).toBe(200);
});

test("§2 the 101st refresh token kills the oldest silently", async () => {
  const tokens: string[] = [];
  for (let issued = 0; issued < 101; issued += 1)
    tokens.push((await app.control.grant(mayaEmail)).refreshToken);
  expect((await app.refresh(tokens[0])).body.error).toBe("invalid_grant");
  expect((await app.refresh(tokens[1])).status).toBe(200);
});

test("§2 in testing, tokens live seven days", async () => {
  await app.control.settings({ testing: true });
  const { body } = await app.connect({ email: mayaEmail });
  await app.control.advanceClock(6 * day);
  expect((await app.refresh(body.refresh_token)).status).toBe(200);
  await app.control.advanceClock(day);
  expect((await app.refresh(body.refresh_token)).body.error).toBe("invalid_grant");
});

test("§2 session control answers error_subtype invalid_rapt", async () => {
  const { body } = await app.connect({ email: mayaEmail });
  await app.control.killGrant(mayaEmail, "invalid-rapt");
  const { status, body: failure } = await app.refresh(body.refresh_token);
  expect(status).toBe(400);
  expect(failure).toMatchObject({ error: "invalid_grant", error_subtype: "invalid_rapt" });
});

test("§2 a deleted account's tokens are dead and nobody can sign in with it", async () => {
  const { body } = await app.connect({ email: mayaEmail });
  await app.control.killGrant(mayaEmail, "account-deleted");
  expect((await app.refresh(body.refresh_token)).body.error).toBe("invalid_grant");
  expect((await app.gmail(body.access_token, "profile")).status).toBe(401);
  expect(await (await app.page()).text()).not.toContain(mayaEmail);
});

test("§2 every cause can be played on one refresh without killing the grant", async () => {
  const { body } = await app.connect({ email: mayaEmail });
  for (const cause of deathCauses) {
    await app.control.fault({ kind: "invalid-grant", cause, count: 1 });
    expect((await app.refresh(body.refresh_token)).body.error).toBe("invalid_grant");
  }
  expect((await app.refresh(body.refresh_token)).status).toBe(200);
});

test("§2 trouble at the token endpoint leaves the grant good", async () => {
  const { body } = await app.connect({ email: mayaEmail });
  const troubles = [
    { kind: "5xx", expected: 503 },
    { kind: "429", expected: 429 },
    { kind: "refuse-token-endpoint", expected: 401 },
    { kind: "refuse-token-endpoint", as: "deleted_client", expected: 401 },
    { kind: "refuse-token-endpoint", as: "disabled_client", expected: 401 },
    { kind: "refuse-token-endpoint", as: "unauthorized_client", expected: 401 },
    { kind: "refuse-token-endpoint", as: "503", expected: 503 },
  ] as const;
  for (const { expected, ...fault } of troubles) {
    await app.control.fault({ ...fault, target: "token", count: 1 });
    const answer = await app.refresh(body.refresh_token);
    expect(answer.status).toBe(expected);
    expect(answer.body.error).not.toBe("invalid_grant");
  }
  expect((await app.refresh(body.refresh_token)).status).toBe(200);
});

describe("§2 dead is not forgotten", () => {
  const silent = async () => {
    const answer = await app.page({ login_hint: mayaEmail });
    const location = answer.headers.get("location");
    return location === null
      ? "asked"
      : (await app.exchange(new URL(location).searchParams.get("code"))).body;
  };

  test.each(["revoked", "time-limited"] as const)(
    "§2 after %s Google asks again and a new token comes",
    async (cause) => {
      await app.connect({ email: mayaEmail });
      await app.control.killGrant(mayaEmail, cause);
      expect(await silent()).toBe("asked");
      expect((await app.connect({ email: mayaEmail })).body.refresh_token).toBeTruthy();
    },
  );

  test("§2 when the time of time-limited access is up, Google asks again", async () => {
    await app.control.timeLimited(mayaEmail, 60);
    await app.connect({ email: mayaEmail });
    await app.control.advanceClock(61);
    expect(await silent()).toBe("asked");
  });

  test.each(["idle", "password-changed", "invalid-rapt", "hundred-tokens"] as const)(
    "§2 after %s a silent sign-in brings no refresh token; only prompt=consent mends it",
    async (cause) => {
      await app.connect({ email: mayaEmail });
      await app.control.killGrant(mayaEmail, cause);
      expect(await silent()).toMatchObject({ access_token: expect.any(String) });
      expect(await silent()).not.toHaveProperty("refresh_token");
      expect(
        (await app.connect({ email: mayaEmail }, { prompt: "consent" })).body.refresh_token,
      ).toBeTruthy();
    },
  );
});

test.each(["refresh_token", "access_token"] as const)(
  "§2 revoking a %s ends every token of this person for this client",
  async (which) => {
    const [one, two] = [
      await app.control.grant(mayaEmail),
      await app.connect({ email: mayaEmail }, { prompt: "consent" }),
    ];
    expect((await app.revoke(two.body[which])).status).toBe(200);
    expect((await app.refresh(one.refreshToken)).body.error).toBe("invalid_grant");
    expect((await app.gmail(one.accessToken, "profile")).status).toBe(401);
    const again = await app.revoke(two.body[which]);
    expect(again.status).toBe(400);
    expect(await again.json()).toMatchObject({ error: "invalid_token" });
  },
);

test("§2 access tokens may outlive a revocation by some minutes, then Gmail answers 401", async () => {
  await app.control.settings({ revocationGraceSeconds: 300 });
  const { body } = await app.connect({ email: mayaEmail });
  await app.revoke(body.refresh_token);
  expect((await app.gmail(body.access_token, "profile")).status).toBe(200);
  await app.control.advanceClock(301);
  expect((await app.gmail(body.access_token, "profile")).status).toBe(401);
});

test("§3 the ID token names sub, email, hd and nonce; sub survives a new address", async () => {
  const claimsOf = (token: string) =>
    JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  const before = claimsOf((await app.connect({ email: mayaEmail })).body.id_token);
  expect(before).toMatchObject({
    iss: app.google.url,
    aud: defaultClient.id,
    email: mayaEmail,
    email_verified: true,
    name: "Maya Hartono",
    picture: expect.stringContaining("http"),
    hd: "example.org",
    nonce: "the-nonce",
  });
  expect(before.sub).toMatch(/^\d{21}$/);
  await app.control.changePerson(mayaEmail, { newEmail: "maya.h@example.org" });
  const after = claimsOf((await app.connect({ email: "maya.h@example.org" })).body.id_token);
  expect(after).toMatchObject({ sub: before.sub, email: "maya.h@example.org" });
  const reused = await app.control.addPerson({ email: mayaEmail, name: "Another Maya" });
  expect(reused.sub).not.toBe(before.sub);
});

test("§3 UserInfo gives the same claims for an access token, 401 for a dead one", async () => {
  const { body } = await app.connect({ email: mayaEmail });
  const ask = () =>
    fetch(`${app.google.url}/v1/userinfo`, { headers: { Authorization: `Bearer ${body.access_token}` } });
  expect(await (await ask()).json()).toMatchObject({
    email: mayaEmail,
    hd: "example.org",
    name: "Maya Hartono",
  });
  await app.control.expireAccessTokens(mayaEmail);
  expect((await ask()).status).toBe(401);
});
