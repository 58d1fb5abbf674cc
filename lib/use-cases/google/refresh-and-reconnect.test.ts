import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { hold, untilBlocked } from "#dev/testbed/locks.fixture.ts";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import { env } from "../../env.ts";
import { changeAccountState } from "../accounts/change-account-state.ts";
import { connectAccount } from "../accounts/connect-account.ts";
import {
  actionsOf,
  type Connected,
  connectedAndExpired,
  credentialOf,
  exchange,
  rowOf,
  stateOf,
} from "../accounts/connected.fixture.ts";
import { disconnectAccount } from "../accounts/disconnect-account.ts";
import { AccountUnusableError } from "../accounts/usable-account.ts";
import { accessTokenFor } from "./access-token-for.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

/** A refresh that Google has begun to hold back. */
async function slowRefresh({ accountId, identity }: Connected) {
  const { email } = identity;
  await testbed.google.fault({ kind: "slow", latencyMs: 3_000, target: "token", email, count: 1 });
  const refresh = { over: false, outcome: accessTokenFor(accountId).catch((error: unknown) => error) };
  void refresh.outcome.then(() => {
    refresh.over = true;
  });
  await vi.waitFor(
    async () => {
      const { faults } = await testbed.google.state();
      if (faults.some((fault) => fault.email === email && fault.kind === "slow")) throw new Error("not yet");
    },
    { timeout: 10_000, interval: 20 },
  );
  return refresh;
}

async function reconnect({ identity }: Connected) {
  const tokens = await exchange(testbed.google, identity);
  const outcome = await connectAccount({ identity, tokens, currentUserId: null, reconnecting: null });
  expect(outcome).toMatchObject({ connected: true, status: { state: "ACTIVE" } });
  return tokens;
}

const invalidGrant = ({ identity: { email } }: Connected) =>
  testbed.google.fault({ kind: "invalid-grant", cause: "revoked", email, count: 1 });

describe("a reconnect during a slow refresh", () => {
  it("does not wait for it, and is not overwritten: both use the reconnect's tokens", async () => {
    const account = await connectedAndExpired(testbed.google);
    const refresh = await slowRefresh(account);
    const tokens = await reconnect(account);
    expect(refresh.over).toBe(false);
    expect(await refresh.outcome).toBe(tokens.accessToken);
    expect(await credentialOf(account.accountId)).toMatchObject({
      accessToken: tokens.accessToken,
      refreshToken: tokens.refreshToken,
      version: 2,
    });
  });

  it("is not marked dead by what the old token was answered", async () => {
    const account = await connectedAndExpired(testbed.google);
    await invalidGrant(account);
    const refresh = await slowRefresh(account);
    const tokens = await reconnect(account);
    expect(refresh.over).toBe(false);
    expect(await refresh.outcome).toBe(tokens.accessToken);
    expect(await stateOf(account.accountId)).toEqual({ state: "ACTIVE" });
    expect(await credentialOf(account.accountId)).toMatchObject({ refreshToken: tokens.refreshToken });
    expect(await actionsOf(account.accountId)).toEqual(["account-connected"]);
  });

  it("that begins to write while the old grant is being declared dead ends ACTIVE, and neither fails", async () => {
    const account = await connectedAndExpired(testbed.google);
    const { accountId } = account;
    await invalidGrant(account);
    // First the refresh's word about the old grant waits to be written, then the reconnect.
    const lock = await hold('SELECT 1 FROM "Credential" WHERE "accountId" = $1 FOR UPDATE', [accountId]);
    const refresh = accessTokenFor(accountId).catch((error: unknown) => error);
    await untilBlocked(1);
    const reconnected = reconnect(account);
    await untilBlocked(2);
    await lock.release();
    const tokens = await reconnected;
    expect(await refresh).toBeInstanceOf(AccountUnusableError);
    expect(await stateOf(accountId)).toEqual({ state: "ACTIVE" });
    expect(await credentialOf(accountId)).toMatchObject({ refreshToken: tokens.refreshToken });
    expect(await actionsOf(accountId)).toEqual([
      "account-connected",
      "account-needs-consent",
      "account-reconnected",
    ]);
  });
});

describe("during a slow refresh", () => {
  it("an account that is destroyed becomes unusable, and nothing of it comes back", async () => {
    const account = await connectedAndExpired(testbed.google);
    const refresh = await slowRefresh(account);
    expect(await disconnectAccount(account.user, account.accountId)).toBe("destroyed");
    expect(await refresh.outcome).toBeInstanceOf(AccountUnusableError);
    expect(await database().dataKey.count({ where: { accountId: account.accountId } })).toBe(0);
  });

  it("an account that is suspended gives out no token any more", async () => {
    const account = await connectedAndExpired(testbed.google);
    const { accountId } = account;
    const refresh = await slowRefresh(account);
    const status = { state: "SUSPENDED", cause: "security-event" } as const;
    const event = { action: "account-needs-consent", actor: "system", accountId } as const;
    await database().$transaction((tx) => changeAccountState(tx, status, event));
    expect(await refresh.outcome).toMatchObject({ name: "AccountUnusableError", status });
    expect(await rowOf(accountId)).toMatchObject({ state: "SUSPENDED", lastUsedAt: null });
  });
});

describe("a disconnect while a grant is being declared dead", () => {
  it("disconnects all the same", async () => {
    const account = await connectedAndExpired(testbed.google);
    const { accountId, user } = account;
    await invalidGrant(account);
    const lock = await hold('SELECT 1 FROM "Account" WHERE id = $1 FOR UPDATE', [accountId]);
    const refresh = accessTokenFor(accountId).catch((error: unknown) => error);
    await untilBlocked(1);
    const disconnected = disconnectAccount(user, accountId);
    await untilBlocked(2);
    await lock.release();
    expect(await disconnected).toBe("destroyed");
    expect(await refresh).toBeInstanceOf(AccountUnusableError);
    expect(await database().account.count({ where: { id: accountId } })).toBe(0);
    expect(await actionsOf(accountId)).toEqual([
      "account-connected",
      "account-needs-consent",
      "disconnect-requested",
      "account-destroyed",
    ]);
  });
});

describe("a refresh whose ID token tells something new", () => {
  it("of the address changes the account at once, and says so in its history", async () => {
    const { accountId, identity } = await connectedAndExpired(testbed.google);
    const newEmail = `renamed-${identity.email}`;
    await testbed.google.changePerson(identity.email, { newEmail, name: "Another Name" });
    await accessTokenFor(accountId);
    expect(await rowOf(accountId)).toMatchObject({
      email: newEmail,
      emailVerified: true,
      name: "Another Name",
      user: { email: newEmail },
    });
    expect(await actionsOf(accountId)).toEqual(["account-connected", "address-changed"]);
    const [event] = await database().auditEvent.findMany({ where: { accountId, action: "address-changed" } });
    expect(event).toMatchObject({ actor: "system", target: identity.email });
  });

  it("of an address that is no longer verified, or a Workspace that was left, changes the account, too", async () => {
    const { accountId, identity } = await connectedAndExpired(testbed.google);
    const id_token = await testbed.google.sign({
      iss: testbed.google.url,
      aud: env().GOOGLE_CLIENT_ID,
      sub: identity.sub,
      email: identity.email,
      email_verified: false,
    });
    const body = { access_token: "ya29.other", expires_in: 3599, id_token };
    await testbed.google.fault({ kind: "odd", body, target: "token", email: identity.email, count: 1 });
    await accessTokenFor(accountId);
    expect(await rowOf(accountId)).toMatchObject({ emailVerified: false, hd: null, name: identity.name });
  });

  it("about another account is not stored", async () => {
    const { accountId, identity } = await connectedAndExpired(testbed.google);
    const before = await credentialOf(accountId);
    const id_token = await testbed.google.sign({
      iss: testbed.google.url,
      aud: env().GOOGLE_CLIENT_ID,
      sub: "1000",
      email: "other@example.org",
      email_verified: true,
    });
    const body = { access_token: "ya29.other", expires_in: 3599, id_token };
    await testbed.google.fault({ kind: "odd", body, target: "token", email: identity.email, count: 1 });
    await expect(accessTokenFor(accountId)).rejects.toMatchObject({ code: "malformed-answer" });
    expect(await credentialOf(accountId)).toEqual(before);
    expect(await rowOf(accountId)).toMatchObject({ state: "ACTIVE", email: identity.email });
  });
});
