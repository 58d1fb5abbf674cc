import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CodeChallengeMethod, OAuth2Client } from "google-auth-library";
import { gmail } from "googleapis/build/src/apis/gmail/index.js";
import { expect, test } from "vitest";
import { signInHeadless } from "../control-client.ts";
import { defaultClient } from "../options.ts";
import { failureOf, mayaEmail, readonly, redirect, sariEmail, startApp } from "./app.ts";

test("google-auth-library and googleapis work against it: PKCE, refresh, list, get, history, 404, revoke", async () => {
  const app = await startApp();
  const { url } = app.google;
  const client = new OAuth2Client({
    clientId: defaultClient.id,
    clientSecret: defaultClient.secret,
    redirectUri: redirect,
    forceRefreshOnFailure: true,
    issuers: [url],
    endpoints: {
      oauth2AuthBaseUrl: `${url}/o/oauth2/v2/auth`,
      oauth2TokenUrl: `${url}/token`,
      oauth2RevokeUrl: `${url}/revoke`,
    },
  });
  const { codeVerifier, codeChallenge } = await client.generateCodeVerifierAsync();
  const authorizationUrl = client.generateAuthUrl({
    access_type: "offline",
    scope: ["openid", "email", readonly],
    code_challenge_method: CodeChallengeMethod.S256,
    ...(codeChallenge === undefined ? {} : { code_challenge: codeChallenge }),
  });
  const back = new URL(await signInHeadless(url, authorizationUrl, { email: sariEmail }));
  const { tokens } = await client.getToken({ code: back.searchParams.get("code") ?? "", codeVerifier });
  expect(tokens.refresh_token).toBeTruthy();
  client.setCredentials(tokens);
  await app.control.expireAccessTokens(sariEmail);
  const api = gmail({ version: "v1", auth: client, rootUrl: `${url}/` });
  const list = await api.users.messages.list({ userId: "me", maxResults: 3, labelIds: ["INBOX"] });
  expect(list.data.messages).toHaveLength(3);
  const id = list.data.messages?.[0]?.id ?? "";
  expect(
    (await api.users.messages.get({ userId: "me", id, format: "full" })).data.payload?.mimeType,
  ).toBeTruthy();
  const { historyId } = (await api.users.getProfile({ userId: "me" })).data;
  await app.control.deliver(sariEmail);
  const history = await api.users.history.list({ userId: "me", startHistoryId: historyId ?? "" });
  expect(history.data.history).toHaveLength(1);
  const old = await failureOf(api.users.history.list({ userId: "me", startHistoryId: "1" }));
  expect(old).toMatchObject({ status: 404 });
  await client.revokeCredentials();
  const dead = await failureOf(client.getToken("4/0Anonsense"));
  expect(dead.message).toContain("invalid_grant");
  await app.close();
});

test("a restart keeps grants, tokens, keys and mail", async () => {
  const folder = await mkdtemp(join(tmpdir(), "local-google-"));
  const stateFile = join(folder, "state.json");
  const before = await startApp({ stateFile });
  const { body } = await before.connect({ email: mayaEmail });
  const { id } = await before.control.deliver(mayaEmail, { subject: "Kept" });
  const [old] = (
    await before.gmail(body.access_token, "messages?labelIds=INBOX&maxResults=2")
  ).body.messages.slice(1);
  await before.control.relabel(mayaEmail, [old.id], { add: ["STARRED"] });
  const gone = await before.control.deliver(mayaEmail);
  await before.control.deleteMessages(mayaEmail, [gone.id]);
  const profile = (await before.gmail(body.access_token, "profile")).body;
  const list = (await before.gmail(body.access_token, "messages?maxResults=500")).body;
  await before.close();
  expect((await stat(stateFile)).mode & 0o777).toBe(0o600);

  const after = await startApp({ stateFile });
  const refreshed = await after.refresh(body.refresh_token);
  expect(refreshed.status).toBe(200);
  const token = refreshed.body.access_token;
  expect((await after.gmail(token, "profile")).body).toEqual(profile);
  expect((await after.gmail(token, "messages?maxResults=500")).body).toEqual(list);
  expect((await after.gmail(token, `messages/${old.id}?format=minimal`)).body.labelIds).toContain("STARRED");
  expect((await after.gmail(token, `messages/${gone.id}`)).status).toBe(404);
  expect(
    (await after.gmail(token, `messages/${id}?format=metadata&metadataHeaders=Subject`)).body.payload.headers,
  ).toEqual([{ name: "Subject", value: "Kept" }]);
  await after.close();
  await rm(folder, { recursive: true });
});

test("the control page works without JavaScript", async () => {
  const app = await startApp();
  const press = (action: string, headers: Record<string, string> = {}) =>
    fetch(`${app.google.url}/control/form`, {
      method: "POST",
      redirect: "manual",
      headers,
      body: new URLSearchParams({ email: mayaEmail, action }),
    });
  expect((await press("5xx")).status).toBe(303);
  expect(await (await fetch(app.google.url)).text()).toContain("5xx");
  const { accessToken } = await app.control.grant(mayaEmail);
  expect((await app.gmail(accessToken, "profile")).status).toBe(503);
  await press("well");
  expect((await app.gmail(accessToken, "profile")).status).toBe(200);
  expect((await press("revoke", { Origin: "https://elsewhere.example" })).status).toBe(403);
  await app.close();
});

/** Milliseconds of this process's work from nothing to a first page of a label, in a mailbox of so many messages. */
async function timeToFirstPage(messages: number): Promise<number> {
  const began = process.cpuUsage();
  const app = await startApp({ messages: { [mayaEmail]: messages } });
  const { accessToken } = await app.control.grant(mayaEmail);
  const page = await app.gmail(accessToken, "messages?maxResults=500&labelIds=STARRED");
  const { user, system } = process.cpuUsage(began);
  expect(page.status).toBe(200);
  await app.close();
  return (user + system) / 1000;
}

test("a hundred thousand messages start in no more than their share of time", {
  timeout: 240_000,
}, async () => {
  await timeToFirstPage(20_000); // Warm.
  const small = await timeToFirstPage(20_000);
  expect(await timeToFirstPage(100_000)).toBeLessThan(small * 5 * 2.5);
});
