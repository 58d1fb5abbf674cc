import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it, test, vi } from "vitest";
import type { FaultKind } from "#dev/google/faults.ts";
import type { DeathCause } from "#dev/google/oauth/grants.ts";
import { newId } from "#dev/testbed/named.ts";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import type { AccountStatus, ConsentCause } from "../../domain/account.ts";
import { clientRefusals } from "../../domain/client-refusal.ts";
import type { AccountId } from "../../domain/mail.ts";
import { OAuthError } from "../../oauth/oauth-error.ts";
import {
  actionsOf,
  anAdmin,
  connected,
  connectedAndExpired,
  credentialOf,
  expire,
  rowOf,
  stateOf,
} from "../accounts/connected.fixture.ts";
import { AccountUnusableError, requireUsable } from "../accounts/usable-account.ts";
import { readClientRefusals } from "../admin/client-refusals.ts";
import { accessTokenFor } from "./access-token-for.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

const refreshesOf = async (email: string) =>
  (await testbed.google.counters()).byPerson[email]?.["token.refresh_token"] ?? 0;

const setState = (accountId: AccountId, state: AccountStatus["state"], cause: string | null) =>
  database().account.update({ where: { id: accountId }, data: { state, cause } });

describe("one refresh", () => {
  it("none at all while the stored token is good", async () => {
    const { accountId, identity, tokens } = await connected(testbed.google);
    expect(await accessTokenFor(accountId)).toBe(tokens.accessToken);
    expect(await refreshesOf(identity.email)).toBe(0);
  });

  it("serves fifty calls at once", async () => {
    const { accountId, identity, tokens } = await connectedAndExpired(testbed.google);
    const got = await Promise.all(Array.from({ length: 50 }, () => accessTokenFor(accountId)));
    expect(new Set(got).size).toBe(1);
    expect(got[0]).not.toBe(tokens.accessToken);
    expect(await refreshesOf(identity.email)).toBe(1);
    expect(await credentialOf(accountId)).toMatchObject({
      accessToken: got[0],
      refreshToken: tokens.refreshToken,
      version: 2,
    });
  });

  it("follows an expiry, and the next call needs none", async () => {
    const { accountId, identity } = await connectedAndExpired(testbed.google);
    const first = await accessTokenFor(accountId);
    expect(await accessTokenFor(accountId)).toBe(first);
    expect(await refreshesOf(identity.email)).toBe(1);
    expect((await rowOf(accountId)).lastRefreshedAt?.getTime()).toBeGreaterThan(Date.now() - 10_000);
  });

  it("follows a rejected token however many were told so, and a late rejection costs none", async () => {
    const { accountId, identity, tokens } = await connected(testbed.google);
    const rejected = tokens.accessToken;
    const got = await Promise.all(Array.from({ length: 20 }, () => accessTokenFor(accountId, { rejected })));
    expect(new Set(got).size).toBe(1);
    expect(got).not.toContain(rejected);
    expect(await accessTokenFor(accountId, { rejected })).toBe(got[0]);
    expect(await refreshesOf(identity.email)).toBe(1);
  });

  it("is waited for in the process: the database's few locking connections are left to others", async () => {
    const { accountId, identity } = await connectedAndExpired(testbed.google);
    await testbed.google.fault({ kind: "slow", latencyMs: 1_000, target: "token", email: identity.email });
    let over = false;
    const calls = Promise.all(Array.from({ length: 20 }, () => accessTokenFor(accountId))).finally(() => {
      over = true;
    });
    let mostWaiting = 0;
    while (!over) {
      const [seen] = await database().$queryRaw<{ waiting: bigint }[]>`
        SELECT count(*) AS waiting FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = 'advisory'`;
      mostWaiting = Math.max(mostWaiting, Number(seen?.waiting ?? 0));
    }
    await calls;
    expect(mostWaiting).toBe(0);
  });

  it("is one per account: others do not wait for a slow one", async () => {
    const [slow, quick] = [
      await connectedAndExpired(testbed.google),
      await connectedAndExpired(testbed.google),
    ];
    await testbed.google.fault({
      kind: "slow",
      latencyMs: 1_000,
      target: "token",
      email: slow.identity.email,
    });
    const order: string[] = [];
    await Promise.all([
      accessTokenFor(slow.accountId).then(() => order.push("slow")),
      accessTokenFor(quick.accountId).then(() => order.push("quick")),
    ]);
    expect(order).toEqual(["quick", "slow"]);
  });
});

describe("invalid_grant", () => {
  it.each<[DeathCause, ConsentCause]>([
    ["revoked", "revoked-by-user"],
    ["invalid-rapt", "policy"],
    ["account-deleted", "unknown"],
    ["password-changed", "revoked-by-user"],
    ["hundred-tokens", "revoked-by-user"],
  ])(
    "of a grant that is dead (%s) makes it NEEDS_CONSENT(%s), and forgets the tokens",
    async (death, cause) => {
      const { accountId, identity } = await connectedAndExpired(testbed.google);
      await testbed.google.killGrant(identity.email, death);
      const status = { state: "NEEDS_CONSENT", cause };
      const failures = await Promise.all(
        Array.from({ length: 10 }, () => accessTokenFor(accountId).catch((error) => error)),
      );
      for (const failure of failures) {
        expect(failure).toBeInstanceOf(AccountUnusableError);
        expect(failure.status).toEqual(status);
      }
      expect(await stateOf(accountId)).toEqual(status);
      expect(await credentialOf(accountId)).toMatchObject({ accessToken: null, refreshToken: null });
      expect(await actionsOf(accountId)).toEqual(["account-connected", "account-needs-consent"]);
      expect(await refreshesOf(identity.email)).toBe(1);
    },
  );

  it("after time-limited access has run out is an expiry", async () => {
    const { accountId, identity } = await connectedAndExpired(testbed.google);
    await database().credential.update({
      where: { accountId },
      data: { refreshTokenExpiresAt: new Date(Date.now() - 1000) },
    });
    await testbed.google.killGrant(identity.email, "time-limited");
    await expect(accessTokenFor(accountId)).rejects.toMatchObject({ status: { cause: "expired" } });
  });

  it("after six idle months is an expiry", async () => {
    const { accountId, identity } = await connectedAndExpired(testbed.google);
    await database().account.update({
      where: { id: accountId },
      data: { lastRefreshedAt: new Date(Date.now() - 200 * 86_400_000) },
    });
    await testbed.google.killGrant(identity.email, "idle");
    await expect(accessTokenFor(accountId)).rejects.toMatchObject({ status: { cause: "expired" } });
  });
});

describe.concurrent("Google's trouble leaves the account ACTIVE, its grant as it was, and passes", () => {
  const troubles: [string, string, FaultKind][] = [
    ["503", "unavailable", { kind: "5xx" }],
    ["500", "unavailable", { kind: "5xx", status: 500 }],
    ["429", "rate-limited", { kind: "429" }],
    ["a reset connection", "unavailable", { kind: "reset" }],
    ["a truncated answer", "unavailable", { kind: "truncated" }],
    ["no JSON", "malformed-answer", { kind: "malformed" }],
    ["a refused token endpoint", "unavailable", { kind: "refuse-token-endpoint", as: "503" }],
    ["no answer for 10 s", "timeout", { kind: "timeout" }],
  ];
  it.each(troubles)("%s is %s", { timeout: 60_000 }, async (_, code, fault) => {
    const { accountId, identity, tokens } = await connectedAndExpired(testbed.google);
    const { email } = identity;
    await testbed.google.fault({ ...fault, target: "token", email });
    const before = new Date();
    const failure = await accessTokenFor(accountId).catch((error) => error);
    expect(failure).toBeInstanceOf(OAuthError);
    expect(failure.code).toBe(code);
    expect(inspect(failure, { depth: null, showHidden: true })).not.toContain(tokens.refreshToken);
    const row = await rowOf(accountId);
    expect(row).toMatchObject({ state: "ACTIVE", cause: null });
    expect(row.unansweredSince?.getTime()).toBeGreaterThanOrEqual(before.getTime());
    expect(await credentialOf(accountId)).toMatchObject({ version: 1, refreshToken: tokens.refreshToken });

    if (code !== "timeout") {
      await expect(accessTokenFor(accountId)).rejects.toMatchObject({ code });
      const again = await rowOf(accountId);
      expect(again.unansweredSince).toEqual(row.unansweredSince);
      expect(again.unansweredAt?.getTime()).toBeGreaterThan(row.unansweredAt?.getTime() ?? Number.NaN);
    }
    await testbed.google.clearFaults(email);
    await accessTokenFor(accountId);
    expect(await rowOf(accountId)).toMatchObject({ unansweredSince: null, unansweredAt: null });
    expect(await actionsOf(accountId)).toEqual(["account-connected"]);
  });
});

describe("a client that Google refuses is the operator's to mend", () => {
  it.each(clientRefusals)(
    "%s: the account stays ACTIVE, Google is not said to be silent, and since when is known",
    async (as) => {
      const { accountId, identity } = await connectedAndExpired(testbed.google);
      const { email } = identity;
      await testbed.google.fault({ kind: "refuse-token-endpoint", as, target: "token", email });
      const before = Date.now();
      await expect(accessTokenFor(accountId)).rejects.toMatchObject({ code: "misconfigured", error: as });
      const refused = await rowOf(accountId);
      expect(refused).toMatchObject({ state: "ACTIVE", unansweredSince: null, clientRefusal: as });
      expect(refused.clientRefusedSince?.getTime()).toBeGreaterThanOrEqual(before);
      await expect(accessTokenFor(accountId)).rejects.toMatchObject({ code: "misconfigured" });
      expect((await rowOf(accountId)).clientRefusedSince).toEqual(refused.clientRefusedSince);
      expect(await actionsOf(accountId)).toEqual(["account-connected"]);
      await testbed.google.clearFaults(email);
      await accessTokenFor(accountId);
      expect(await rowOf(accountId)).toMatchObject({ clientRefusedSince: null, clientRefusal: null });
    },
  );

  it("admins read for how many accounts, since when, and Google's words", async () => {
    expect(await readClientRefusals(anAdmin)).toBeNull();
    for (const as of ["unauthorized_client", "deleted_client", "unauthorized_client"] as const) {
      const { accountId, identity } = await connectedAndExpired(testbed.google);
      await testbed.google.fault({
        kind: "refuse-token-endpoint",
        as,
        target: "token",
        email: identity.email,
      });
      await expect(accessTokenFor(accountId)).rejects.toMatchObject({ error: as });
    }
    const first = await database().account.findFirstOrThrow({
      where: { clientRefusedSince: { not: null } },
      orderBy: { clientRefusedSince: "asc" },
    });
    expect(await readClientRefusals(anAdmin)).toEqual({
      accounts: 3,
      since: first.clientRefusedSince,
      words: ["deleted_client", "unauthorized_client"],
    });
    await testbed.google.clearFaults();
    await database().account.updateMany({ data: { clientRefusedSince: null, clientRefusal: null } });
  });
});

describe("an account that may not be used", () => {
  it.each<[AccountStatus["state"], string]>([
    ["SUSPENDED", "admin"],
    ["SUSPENDED", "security-event"],
    ["DISCONNECTED", "user"],
    ["NEEDS_CONSENT", "scope-missing"],
  ])(
    "%s(%s) gives no token, good as the stored one may be, and asks Google nothing",
    async (state, cause) => {
      const { accountId, identity } = await connected(testbed.google);
      await setState(accountId, state, cause);
      await expect(accessTokenFor(accountId)).rejects.toMatchObject({
        name: "AccountUnusableError",
        status: { state, cause },
      });
      await expect(requireUsable(accountId)).rejects.toMatchObject({ status: { state, cause } });
      await expire(accountId);
      await expect(accessTokenFor(accountId)).rejects.toBeInstanceOf(AccountUnusableError);
      expect(await refreshesOf(identity.email)).toBe(0);
    },
  );

  it("is one that is not there", async () => {
    const unknown = newId() as AccountId;
    await expect(accessTokenFor(unknown)).rejects.toMatchObject({ status: { state: "DISCONNECTED" } });
    await expect(requireUsable(unknown)).rejects.toBeInstanceOf(AccountUnusableError);
  });

  it("is one without a refresh token when its access token runs out", async () => {
    const { accountId } = await connectedAndExpired(testbed.google);
    await database().credential.update({ where: { accountId }, data: { refreshTokenSealed: null } });
    const status = { state: "NEEDS_CONSENT", cause: "no-refresh-token" };
    await expect(accessTokenFor(accountId)).rejects.toMatchObject({ status });
    expect(await stateOf(accountId)).toEqual(status);
  });
});

describe("the last use", () => {
  it("is written at most once a minute, and says by whom", async () => {
    const { accountId } = await connected(testbed.google);
    await accessTokenFor(accountId);
    const first = (await rowOf(accountId)).lastUsedAt;
    expect(await rowOf(accountId)).toMatchObject({ lastUsedBy: "person" });
    await accessTokenFor(accountId, { by: "job" });
    expect(await rowOf(accountId)).toMatchObject({ lastUsedAt: first, lastUsedBy: "person" });
    await database().account.update({
      where: { id: accountId },
      data: { lastUsedAt: new Date(Date.now() - 61_000) },
    });
    await accessTokenFor(accountId, { by: "job" });
    const row = await rowOf(accountId);
    expect(row.lastUsedBy).toBe("job");
    expect(row.lastUsedAt?.getTime()).toBeGreaterThan(Date.now() - 10_000);
  });

  it("is not written when there was none", async () => {
    const { accountId } = await connected(testbed.google);
    await setState(accountId, "SUSPENDED", "admin");
    await accessTokenFor(accountId).catch(() => {});
    expect(await rowOf(accountId)).toMatchObject({ lastUsedAt: null });
  });
});

/** A token endpoint that answers what Google does not answer yet. */
async function answeringWith(json: object): Promise<{ issuer: string; close(): void }> {
  const send = (response: ServerResponse, body: object) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
  const server = createServer((request, response) => {
    const isDiscovery = request.url === "/.well-known/openid-configuration";
    send(
      response,
      isDiscovery
        ? {
            authorization_endpoint: `${issuer}/authorize`,
            token_endpoint: `${issuer}/token`,
            revocation_endpoint: `${issuer}/revoke`,
            jwks_uri: `${issuer}/keys`,
          }
        : json,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

test("a new refresh token, its end and the scopes are kept when a refresh answer brings them", async () => {
  const { accountId } = await connectedAndExpired(testbed.google);
  const google = await answeringWith({
    access_token: "ya29.rotated",
    expires_in: 1800,
    refresh_token: "1//rotated",
    refresh_token_expires_in: 7200,
    scope: "openid https://mail.google.com/",
  });
  const before = process.env.GOOGLE_ISSUER;
  vi.resetModules(); // The environment is read once a process.
  process.env.GOOGLE_ISSUER = google.issuer;
  try {
    const other = await import("./access-token-for.ts");
    expect(await other.accessTokenFor(accountId)).toBe("ya29.rotated");
  } finally {
    process.env.GOOGLE_ISSUER = before;
    google.close();
  }
  const credential = await credentialOf(accountId);
  expect(credential).toMatchObject({
    accessToken: "ya29.rotated",
    refreshToken: "1//rotated",
    scopes: ["openid", "https://mail.google.com/"],
  });
  const lastsMs = (credential?.refreshTokenExpiresAt?.getTime() ?? 0) - Date.now();
  expect(lastsMs).toBeGreaterThan(7_100_000);
  expect(lastsMs).toBeLessThanOrEqual(7_200_000);
});
