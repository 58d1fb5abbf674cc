import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type App, calendar, failureOf, mayaEmail, readonly, startApp } from "./app.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
beforeEach(() => app.control.reset());
afterAll(() => app.close());

test("§1 without access_type=offline there is no refresh token", async () => {
  const { body } = await app.connect({ email: mayaEmail }, { access_type: "online" });
  expect(body.access_token).toBeTruthy();
  expect(body.refresh_token).toBeUndefined();
});

test("§1 state comes back with the code, nonce in the ID token, PKCE is S256", async () => {
  const back = await app.signIn({ email: mayaEmail });
  expect(back.get("state")).toBe("the-state");
  const { body } = await app.exchange(back.get("code"));
  const claims = JSON.parse(Buffer.from(body.id_token.split(".")[1] ?? "", "base64url").toString());
  expect(claims.nonce).toBe("the-nonce");
});

test("§1 the first consent brings a refresh token, a silent return does not, prompt=consent does again", async () => {
  expect((await app.connect({ email: mayaEmail })).body.refresh_token).toBeTruthy();
  const silent = await app.page({ login_hint: mayaEmail });
  expect(silent.status).toBe(302);
  const code = new URL(silent.headers.get("location") ?? "").searchParams.get("code");
  const again = await app.exchange(code);
  expect(again.status).toBe(200);
  expect(again.body.refresh_token).toBeUndefined();
  expect((await app.connect({ email: mayaEmail }, { prompt: "consent" })).body.refresh_token).toBeTruthy();
});

test("§1 new scopes show consent and bring a refresh token", async () => {
  await app.connect({ email: mayaEmail });
  const { body } = await app.connect({ email: mayaEmail }, { scope: `openid email ${calendar}` });
  expect(body.refresh_token).toBeTruthy();
});

test("§1 include_granted_scopes=true covers scopes granted before; without it the token does not", async () => {
  await app.connect({ email: mayaEmail });
  const without = await app.connect(
    { email: mayaEmail },
    { scope: `openid ${calendar}`, include_granted_scopes: "false" },
  );
  expect(without.body.scope).not.toContain(readonly);
  const combined = await app.connect({ email: mayaEmail }, { scope: `openid ${calendar}` });
  expect(combined.body.scope).toContain(readonly);
});

test("§1 login_hint preselects by e-mail or sub; prompt=select_account shows the chooser", async () => {
  expect(await (await app.page({ login_hint: mayaEmail })).text()).toContain("Read your email messages");
  const maya = (await app.control.state()).people.find(({ email }) => email === mayaEmail);
  expect(await (await app.page({ login_hint: maya?.sub ?? "" })).text()).toContain(
    "Maya Hartono, maya@example.org",
  );
  const chooser = await (await app.page({ login_hint: mayaEmail, prompt: "select_account" })).text();
  expect(chooser).toContain("Choose an account");
});

test("§1 an unticked permission is missing from scope, the sign-in scopes stay", async () => {
  const scope = `openid email profile ${readonly} ${calendar}`;
  const { body } = await app.connect({ email: mayaEmail, grant: [calendar] }, { scope });
  expect(body.scope.split(" ")).toContain(calendar);
  expect(body.scope.split(" ")).toContain("openid");
  expect(body.scope).not.toContain(readonly);
});

test("§1 an unticked permission is asked for again", async () => {
  await app.connect({ email: mayaEmail, grant: [] });
  const { body } = await app.connect({ email: mayaEmail });
  expect(body.scope).toContain(readonly);
  expect(body.refresh_token).toBeTruthy();
});

test("§1 Cancel redirects with access_denied", async () => {
  const back = await app.signIn({ email: mayaEmail, action: "cancel" });
  expect(back.get("error")).toBe("access_denied");
  expect(back.get("state")).toBe("the-state");
});

test("§1 an admin's block redirects with admin_policy_enforced", async () => {
  await app.control.block(mayaEmail, "admin_policy_enforced");
  expect((await app.signIn({ email: mayaEmail })).get("error")).toBe("admin_policy_enforced");
});

test.each(["org_internal", "disallowed_useragent"] as const)(
  "§1 %s stays on Google's own page",
  async (block) => {
    await app.control.block(mayaEmail, block);
    expect((await failureOf(app.signIn({ email: mayaEmail }))).message).toContain(block);
  },
);

test("§1 an unregistered redirect_uri stays on Google's own page: redirect_uri_mismatch", async () => {
  const answer = await app.page({ redirect_uri: "http://127.0.0.1:3000/elsewhere" });
  expect(answer.status).toBe(400);
  expect(answer.headers.get("location")).toBeNull();
  expect(await answer.text()).toContain("redirect_uri_mismatch");
});

test("§1 prompt=none never shows a page", async () => {
  const unknown = new URL((await app.page({ prompt: "none" })).headers.get("location") ?? "");
  expect(unknown.searchParams.get("error")).toBe("login_required");
  const known = new URL(
    (await app.page({ prompt: "none", login_hint: mayaEmail })).headers.get("location") ?? "",
  );
  expect(known.searchParams.get("error")).toBe("consent_required");
});

test("§1 an unknown scope is refused", async () => {
  expect((await app.page({ scope: "openid https://www.googleapis.com/auth/nonsense" })).status).toBe(400);
});

test("the pages have names for people who cannot see them", async () => {
  const chooser = await (await app.page()).text();
  expect(chooser).toMatch(
    /<button name="email" value="maya@example.org">Maya Hartono<small>maya@example.org/,
  );
  const consent = await (await app.page({ login_hint: mayaEmail })).text();
  expect(consent).toMatch(
    /<label class="permission"><input type="checkbox"[^>]*checked><span>Read your email messages/,
  );
  expect(consent).toMatch(/>Allow<\/button>.*>Cancel<\/button>/s);
});
