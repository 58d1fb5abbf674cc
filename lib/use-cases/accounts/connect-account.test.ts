import { afterAll, beforeAll, describe, expect, it, test, vi } from "vitest";
import { newId } from "#dev/testbed/named.ts";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import { type AccountStatus, gmailReadonlyScope, requestedScopes } from "../../domain/account.ts";
import type { AccountId } from "../../domain/mail.ts";
import type { GoogleIdentity } from "./admission.ts";
import { type ConnectRequest, connectAccount } from "./connect-account.ts";
import {
  actionsOf,
  connected,
  countRows,
  credentialOf,
  exchange,
  newPerson,
  rowOf,
  stateOf,
} from "./connected.fixture.ts";
import type { ExchangedTokens } from "./keep-tokens.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

const tokensOf = (identity: GoogleIdentity, rest?: Partial<ExchangedTokens>) =>
  exchange(testbed.google, identity, rest);

/** A returning user's exchange: no consent screen, so no refresh token. */
async function silently(identity: GoogleIdentity): Promise<ExchangedTokens> {
  return { ...(await tokensOf(identity)), refreshToken: undefined };
}

function connect(identity: GoogleIdentity, tokens: ExchangedTokens, rest: Partial<ConnectRequest> = {}) {
  return connectAccount({ identity, tokens, currentUserId: null, reconnecting: null, ...rest });
}

async function admitted(...of: Parameters<typeof connect>) {
  const outcome = await connect(...of);
  if (!outcome.connected) throw new Error(outcome.refusal);
  return outcome;
}

const setState = (accountId: AccountId, status: AccountStatus) =>
  database().account.update({
    where: { id: accountId },
    data: { state: status.state, cause: "cause" in status ? status.cause : null },
  });

describe("a new account", () => {
  it("is made with its user, its sealed tokens and one event", async () => {
    const identity = await newPerson(testbed.google);
    const tokens = await tokensOf(identity);
    const { accountId, status } = await admitted(identity, tokens);
    expect(status).toEqual({ state: "ACTIVE" });
    const { email, name, sub } = identity;
    expect(await rowOf(accountId)).toMatchObject({
      sub,
      email,
      name,
      state: "ACTIVE",
      cause: null,
      emailVerified: true,
      hd: "example.org",
      maySignIn: true,
      user: { email, name },
    });
    expect(await credentialOf(accountId)).toMatchObject({
      version: 1,
      refreshToken: tokens.refreshToken,
      refreshTokenExpiresAt: null,
      accessToken: tokens.accessToken,
      scopes: [...requestedScopes],
    });
    expect(await actionsOf(accountId)).toEqual(["account-connected"]);
  });

  it("of somebody who is signed in is theirs", async () => {
    const { user } = await connected(testbed.google);
    const second = await newPerson(testbed.google);
    const { accountId } = await admitted(second, await tokensOf(second), { currentUserId: user.id });
    expect((await rowOf(accountId)).userId).toBe(user.id);
  });

  it("without a refresh token NEEDS_CONSENT(no-refresh-token), and keeps its access token", async () => {
    const identity = await newPerson(testbed.google);
    const tokens = await silently(identity);
    const { accountId, status } = await admitted(identity, tokens);
    expect(status).toEqual({ state: "NEEDS_CONSENT", cause: "no-refresh-token" });
    expect(await stateOf(accountId)).toEqual(status);
    expect(await credentialOf(accountId)).toMatchObject({
      accessToken: tokens.accessToken,
      refreshToken: null,
    });
    expect(await actionsOf(accountId)).toEqual(["account-connected"]);
  });

  it("without the mail permission NEEDS_CONSENT(scope-missing), and its user is signed in", async () => {
    const identity = await newPerson(testbed.google);
    const scopes = requestedScopes.filter((scope) => scope !== gmailReadonlyScope);
    const { accountId, status } = await admitted(identity, await tokensOf(identity, { scopes }));
    expect(status).toEqual({ state: "NEEDS_CONSENT", cause: "scope-missing" });
    expect(await credentialOf(accountId)).toMatchObject({ scopes });
    expect((await rowOf(accountId)).user.email).toBe(identity.email);
  });

  it("with neither names the permission first", async () => {
    const identity = await newPerson(testbed.google);
    const tokens = { ...(await silently(identity)), scopes: ["openid"] };
    expect((await admitted(identity, tokens)).status).toEqual({
      state: "NEEDS_CONSENT",
      cause: "scope-missing",
    });
  });

  it("remembers when a time-limited consent ends", async () => {
    const identity = await newPerson(testbed.google);
    const tokens = await tokensOf(identity, { refreshTokenExpiresInSeconds: 3_600 });
    const { accountId } = await admitted(identity, tokens);
    const endsAt = (await credentialOf(accountId))?.refreshTokenExpiresAt?.getTime() ?? 0;
    expect(Math.abs(endsAt - Date.now() - 3_600_000)).toBeLessThan(60_000);
  });
});

describe("a known account", () => {
  it("gets a new refresh token in place of the old, with its end and scopes", async () => {
    const { accountId, identity } = await connected(testbed.google);
    await database().credential.update({ where: { accountId }, data: { refreshTokenExpiresAt: new Date() } });
    const tokens = await tokensOf(identity);
    expect((await admitted(identity, tokens)).accountId).toBe(accountId);
    expect(await credentialOf(accountId)).toMatchObject({
      version: 2,
      refreshToken: tokens.refreshToken,
      refreshTokenExpiresAt: null,
      accessToken: tokens.accessToken,
    });
  });

  it("keeps the stored refresh token and its end when a silent sign-in brings none", async () => {
    const { accountId, identity, tokens: first } = await connected(testbed.google);
    const endsAt = new Date(Date.now() + 7_200_000);
    await database().credential.update({ where: { accountId }, data: { refreshTokenExpiresAt: endsAt } });
    const tokens = await silently(identity);
    expect((await admitted(identity, tokens)).status).toEqual({ state: "ACTIVE" });
    expect(await credentialOf(accountId)).toMatchObject({
      refreshToken: first.refreshToken,
      refreshTokenExpiresAt: endsAt,
      accessToken: tokens.accessToken,
    });
    expect(await actionsOf(accountId)).toEqual(["account-connected"]);
  });

  it("with none in either place NEEDS_CONSENT(no-refresh-token)", async () => {
    const { accountId, identity } = await connected(testbed.google);
    await database().credential.update({ where: { accountId }, data: { refreshTokenSealed: null } });
    const { status } = await admitted(identity, await silently(identity));
    expect(status).toEqual({ state: "NEEDS_CONSENT", cause: "no-refresh-token" });
    expect(await stateOf(accountId)).toEqual(status);
    expect(await actionsOf(accountId)).toEqual(["account-connected", "account-needs-consent"]);
  });

  it("that needed consent is ACTIVE again after one, with one event", async () => {
    const { accountId, identity } = await connected(testbed.google);
    await setState(accountId, { state: "NEEDS_CONSENT", cause: "revoked-by-user" });
    await admitted(identity, await tokensOf(identity));
    expect(await stateOf(accountId)).toEqual({ state: "ACTIVE" });
    expect(await actionsOf(accountId)).toEqual(["account-connected", "account-reconnected"]);
  });

  it("whose permission was unticked this time NEEDS_CONSENT(scope-missing)", async () => {
    const { accountId, identity } = await connected(testbed.google);
    await admitted(identity, await tokensOf(identity, { scopes: ["openid"] }));
    expect(await stateOf(accountId)).toEqual({ state: "NEEDS_CONSENT", cause: "scope-missing" });
  });

  it("is answered again: that Google did not is over", async () => {
    const { accountId, identity } = await connected(testbed.google);
    const now = new Date();
    const data = {
      unansweredSince: now,
      unansweredAt: now,
      clientRefusedSince: now,
      clientRefusal: "unauthorized_client",
    };
    await database().account.update({ where: { id: accountId }, data });
    await admitted(identity, await tokensOf(identity));
    expect(await rowOf(accountId)).toMatchObject({
      unansweredSince: null,
      unansweredAt: null,
      clientRefusedSince: null,
      clientRefusal: null,
    });
  });

  it("is known by its sub: a changed address and name move with it", async () => {
    const { accountId, identity, user } = await connected(testbed.google);
    const email = `renamed-${identity.email}`;
    await testbed.google.changePerson(identity.email, { newEmail: email, name: "New Name" });
    const renamed = { ...identity, email, name: "New Name" };
    expect((await admitted(renamed, await tokensOf(renamed))).accountId).toBe(accountId);
    expect(await rowOf(accountId)).toMatchObject({
      email,
      name: "New Name",
      userId: user.id,
      user: { email, name: "New Name" },
    });
  });

  it("is not somebody else's whose address is the same: the sub differs", async () => {
    const { accountId, identity } = await connected(testbed.google);
    const heir = { ...identity, sub: `9${identity.sub}` };
    const other = await admitted(heir, await tokensOf(identity));
    expect(other.accountId).not.toBe(accountId);
    expect((await rowOf(other.accountId)).userId).not.toBe((await rowOf(accountId)).userId);
  });
});

describe("a refusal writes no row at all", () => {
  async function refused(...of: Parameters<typeof connect>): Promise<string> {
    const before = await Promise.all([countRows(), dump()]);
    const outcome = await connect(...of);
    expect(await Promise.all([countRows(), dump()])).toEqual(before);
    return outcome.connected ? "none" : outcome.refusal;
  }
  const dump = () =>
    Promise.all([
      database().account.findMany({ orderBy: { id: "asc" } }),
      database().user.findMany({ orderBy: { id: "asc" } }),
      database().credential.findMany({ orderBy: { accountId: "asc" } }),
    ]);

  it("another account than the one to be reconnected, known or new", async () => {
    const [mine, other] = [await connected(testbed.google), await connected(testbed.google)];
    const stranger = await newPerson(testbed.google);
    const reconnecting = { reconnecting: mine.accountId };
    for (const identity of [other.identity, stranger]) {
      expect(await refused(identity, await tokensOf(identity), reconnecting)).toBe("wrong-account");
    }
    const signedIn = { ...reconnecting, currentUserId: mine.user.id };
    expect(await refused(stranger, await tokensOf(stranger), signedIn)).toBe("wrong-account");
  });

  it("an account that belongs to another user", async () => {
    const [mine, other] = [await connected(testbed.google), await connected(testbed.google)];
    const tokens = await tokensOf(other.identity);
    expect(await refused(other.identity, tokens, { currentUserId: mine.user.id })).toBe(
      "belongs-to-another-user",
    );
  });

  it.each<[AccountStatus, string]>([
    [{ state: "SUSPENDED", cause: "admin" }, "suspended"],
    [{ state: "SUSPENDED", cause: "security-event" }, "suspended"],
    [{ state: "DISCONNECTED", cause: "user" }, "still-disconnecting"],
  ])("an account that is %j, even with fresh consent", async (status, refusal) => {
    const { accountId, identity } = await connected(testbed.google);
    await setState(accountId, status);
    expect(await refused(identity, await tokensOf(identity))).toBe(refusal);
  });

  it("an account that may not enter, by either list", { timeout: 60_000 }, async () => {
    const identity = await newPerson(testbed.google);
    const tokens = await tokensOf(identity);
    vi.resetModules(); // The environment is read once a process.
    Object.assign(process.env, { ALLOWED_DOMAINS: "elsewhere.test", ALLOWED_EMAILS: "guest@elsewhere.test" });
    try {
      const strict = await import("./connect-account.ts");
      const before = await countRows();
      const request = { identity, tokens, currentUserId: null, reconnecting: null };
      expect(await strict.connectAccount(request)).toEqual({
        connected: false,
        refusal: "not-allowed",
        accountId: null,
      });
      expect(await countRows()).toEqual(before);
      const guest = { ...identity, email: "guest@elsewhere.test", hd: "elsewhere.test" };
      expect(await strict.connectAccount({ ...request, identity: guest })).toMatchObject({ connected: true });
    } finally {
      Object.assign(process.env, { ALLOWED_DOMAINS: "", ALLOWED_EMAILS: "" });
    }
  });
});

test("the right account on a reconnect is let in, and so is one whose row is gone by now", async () => {
  const { accountId, identity, user } = await connected(testbed.google);
  const signedIn = { currentUserId: user.id, reconnecting: accountId };
  expect((await admitted(identity, await tokensOf(identity), signedIn)).accountId).toBe(accountId);
  const gone = { reconnecting: newId() as AccountId };
  expect((await admitted(identity, await tokensOf(identity), gone)).accountId).toBe(accountId);
});

test("the same person in ten tabs at once is one user with one account", async () => {
  const identity = await newPerson(testbed.google);
  const before = await countRows();
  const tokens = await Promise.all(Array.from({ length: 10 }, () => tokensOf(identity)));
  const outcomes = await Promise.all(tokens.map((each) => admitted(identity, each)));
  expect(new Set(outcomes.map(({ accountId }) => accountId)).size).toBe(1);
  const after = await countRows();
  expect({ user: after.user, account: after.account }).toEqual({
    user: (before.user ?? 0) + 1,
    account: (before.account ?? 0) + 1,
  });
  const [{ accountId } = { accountId: "" as AccountId }] = outcomes;
  expect(await credentialOf(accountId)).toMatchObject({ version: 10 });
  expect(await actionsOf(accountId)).toEqual(["account-connected"]);
});
