import { afterAll, beforeAll, describe, expect, it, test, vi } from "vitest";
import { newId } from "#dev/testbed/named.ts";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { eventsOf } from "../../audit/audit.ts";
import { database } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import { startWorker } from "../../jobs/worker.ts";
import { revokeAccount } from "../admin/revoke-account.ts";
import { accessTokenFor } from "../google/access-token-for.ts";
import { connectAccount } from "./connect-account.ts";
import {
  actionsOf,
  anAdmin,
  connected,
  credentialOf,
  exchange,
  newPerson,
  signedIn,
  stateOf,
} from "./connected.fixture.ts";
import { destroyAccount } from "./destroy-account.ts";
import { disconnectAccount } from "./disconnect-account.ts";
import { readSessionOwner } from "./session-owner.ts";
import { AccountUnusableError } from "./usable-account.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

async function rowsOf(accountId: AccountId) {
  const [account, dataKey, credential] = await Promise.all([
    database().account.count({ where: { id: accountId } }),
    database().dataKey.count({ where: { accountId } }),
    database().credential.count({ where: { accountId } }),
  ]);
  return { account, dataKey, credential };
}
const nothing = { account: 0, dataKey: 0, credential: 0 };
const everything = { account: 1, dataKey: 1, credential: 1 };

const liveTokensOf = async (email: string) =>
  (await testbed.google.state()).people.find((person) => person.email === email)?.liveRefreshTokens;

const revocationsOf = async (email: string) => (await testbed.google.counters()).byPerson[email]?.revoke ?? 0;

describe("while Google is well", () => {
  it("the grant is revoked there, and key and rows are destroyed here", async () => {
    const { accountId, identity, user } = await connected(testbed.google);
    expect(await liveTokensOf(identity.email)).toBe(1);
    expect(await disconnectAccount(user, accountId)).toBe("destroyed");
    expect(await liveTokensOf(identity.email)).toBe(0);
    expect(await rowsOf(accountId)).toEqual(nothing);
    expect(await actionsOf(accountId)).toEqual([
      "account-connected",
      "disconnect-requested",
      "account-destroyed",
    ]);
  });

  it("use is blocked before Google is told, and nothing is destroyed before it has confirmed", async () => {
    const { accountId, identity, user } = await connected(testbed.google);
    await testbed.google.fault({ kind: "slow", latencyMs: 2_500, target: "revoke", email: identity.email });
    const disconnected = disconnectAccount(user, accountId);
    await vi.waitFor(
      async () => expect(await stateOf(accountId)).toEqual({ state: "DISCONNECTED", cause: "user" }),
      { timeout: 10_000, interval: 10 },
    );
    await expect(accessTokenFor(accountId)).rejects.toBeInstanceOf(AccountUnusableError);
    expect(await rowsOf(accountId)).toEqual(everything);
    expect(await disconnected).toBe("destroyed");
    expect(await rowsOf(accountId)).toEqual(nothing);
  });

  it("a grant that is dead already counts as revoked", async () => {
    const { accountId, identity, user } = await connected(testbed.google);
    await testbed.google.revokeGrant(identity.email);
    expect(await disconnectAccount(user, accountId)).toBe("destroyed");
    expect((await testbed.google.counters()).answers["revoke 400"]).toBeGreaterThan(0);
  });

  it("an account without any token is destroyed without a word to Google", async () => {
    const { accountId, identity, user } = await connected(testbed.google);
    await database().credential.update({
      where: { accountId },
      data: { refreshTokenSealed: null, accessTokenSealed: null },
    });
    expect(await disconnectAccount(user, accountId)).toBe("destroyed");
    expect(await revocationsOf(identity.email)).toBe(0);
  });

  it("the account can be connected again at once, as a new one", async () => {
    const { accountId, identity, user } = await connected(testbed.google);
    await disconnectAccount(user, accountId);
    const again = await connected(testbed.google, identity);
    expect(again.accountId).not.toBe(accountId);
  });

  it("twice at once is one destruction", async () => {
    const { accountId, user } = await connected(testbed.google);
    const outcomes = await Promise.all([
      disconnectAccount(user, accountId),
      disconnectAccount(user, accountId),
    ]);
    expect(outcomes).toContain("destroyed");
    expect(await rowsOf(accountId)).toEqual(nothing);
    expect(await actionsOf(accountId)).toEqual([
      "account-connected",
      "disconnect-requested",
      "account-destroyed",
    ]);
  });
});

describe("somebody else's account", () => {
  it("is not found, and nothing changes", async () => {
    const [mine, other] = [await connected(testbed.google), await connected(testbed.google)];
    expect(await disconnectAccount(mine.user, other.accountId)).toBe("not-found");
    expect(await disconnectAccount(mine.user, newId() as AccountId)).toBe("not-found");
    expect(await stateOf(other.accountId)).toEqual({ state: "ACTIVE" });
    expect(await rowsOf(other.accountId)).toEqual(everything);
    expect(await actionsOf(other.accountId)).toEqual(["account-connected"]);
    expect(await accessTokenFor(other.accountId)).toBe(other.tokens.accessToken);
  });
});

describe("an admin's revocation", () => {
  it("destroys, and its actor, target and reason survive the account", async () => {
    const { accountId, identity } = await connected(testbed.google);
    expect(await revokeAccount(anAdmin, accountId, "laptop stolen")).toBe("destroyed");
    expect(await rowsOf(accountId)).toEqual(nothing);
    expect(await liveTokensOf(identity.email)).toBe(0);
    const events = await eventsOf(database(), accountId);
    expect(events).toMatchObject([
      { action: "account-destroyed", actor: "system", target: identity.email },
      {
        action: "revocation-requested",
        actor: "admin@example.org",
        target: identity.email,
        reason: "laptop stolen",
        status: { state: "DISCONNECTED", cause: "admin" },
      },
      { action: "account-connected", actor: identity.email, target: identity.email },
    ]);
  });

  it("of an account that is suspended, too", async () => {
    const { accountId } = await connected(testbed.google);
    const data = { state: "SUSPENDED", cause: "security-event" } as const;
    await database().account.update({ where: { id: accountId }, data });
    expect(await revokeAccount(anAdmin, accountId, "clean up")).toBe("destroyed");
    expect(await rowsOf(accountId)).toEqual(nothing);
  });

  it("of an unknown account is not found", async () => {
    expect(await revokeAccount(anAdmin, newId() as AccountId, "nobody")).toBe("not-found");
  });
});

/** Jobs that wait for their time or for another try are due now. */
const makeJobsDue = () => database().$executeRaw`UPDATE graphile_worker._private_jobs SET run_at = now()`;

describe("while Google does not answer", () => {
  it.each([
    ["5xx", { kind: "5xx" }],
    ["429", { kind: "429" }],
    ["a reset connection", { kind: "reset" }],
  ] as const)("with %s nothing is destroyed, and use is blocked", async (_, fault) => {
    const { accountId, identity, user } = await connected(testbed.google);
    await testbed.google.fault({ ...fault, target: "revoke", email: identity.email });
    expect(await disconnectAccount(user, accountId)).toBe("waiting-for-google");
    expect(await stateOf(accountId)).toEqual({ state: "DISCONNECTED", cause: "user" });
    expect(await rowsOf(accountId)).toEqual(everything);
    await expect(accessTokenFor(accountId)).rejects.toBeInstanceOf(AccountUnusableError);
    expect((await credentialOf(accountId))?.refreshToken).not.toBeNull();
  });

  it("the account stays blocked for a new sign-in", async () => {
    const { accountId, identity, user } = await connected(testbed.google);
    await testbed.google.fault({ kind: "5xx", target: "revoke", email: identity.email });
    await disconnectAccount(user, accountId);
    const tokens = await exchange(testbed.google, identity);
    expect(await connectAccount({ identity, tokens, currentUserId: null, reconnecting: null })).toEqual({
      connected: false,
      refusal: "still-disconnecting",
      accountId,
    });
  });

  it("a job tells it again and again until it confirms, then all is destroyed", {
    timeout: 60_000,
  }, async () => {
    const { accountId, identity } = await connected(testbed.google);
    const { email } = identity;
    await testbed.google.fault({ kind: "5xx", target: "revoke", email });
    expect(await revokeAccount(anAdmin, accountId, "left")).toBe("waiting-for-google");
    const worker = await startWorker();
    try {
      await vi.waitFor(
        async () => {
          await makeJobsDue();
          expect(await revocationsOf(email)).toBeGreaterThanOrEqual(3);
        },
        { timeout: 20_000, interval: 100 },
      );
      expect(await rowsOf(accountId)).toEqual(everything);
      await testbed.google.clearFaults();
      await vi.waitFor(
        async () => {
          await makeJobsDue();
          expect(await rowsOf(accountId)).toEqual(nothing);
        },
        { timeout: 20_000, interval: 100 },
      );
    } finally {
      await worker?.stop();
    }
    expect(await liveTokensOf(email)).toBe(0);
    expect(await actionsOf(accountId)).toEqual([
      "account-connected",
      "revocation-requested",
      "account-destroyed",
    ]);
  });

  it("one job is waiting however often it is asked for", async () => {
    const { accountId, identity, user } = await connected(testbed.google);
    await testbed.google.fault({ kind: "5xx", target: "revoke", email: identity.email });
    await disconnectAccount(user, accountId);
    await disconnectAccount(user, accountId);
    await revokeAccount(anAdmin, accountId, "me too");
    const jobs = await database().$queryRaw<unknown[]>`
      SELECT 1 FROM graphile_worker.jobs WHERE key = ${`destroy:${accountId}`}`;
    expect(jobs).toHaveLength(1);
    expect(await actionsOf(accountId)).toEqual(["account-connected", "disconnect-requested"]);
  });
});

test("destroying an account that is not disconnected, or not there, does nothing", async () => {
  const { accountId, identity } = await connected(testbed.google);
  await destroyAccount(accountId);
  await destroyAccount(newId() as AccountId);
  expect(await rowsOf(accountId)).toEqual(everything);
  expect(await revocationsOf(identity.email)).toBe(0);
});

describe("the user", () => {
  const userLives = async (id: string) => (await database().user.count({ where: { id } })) === 1;

  it("goes with the last account, and its sessions open nothing and hold nothing of the person", async () => {
    const person = await connected(testbed.google);
    const { accountId, user } = person;
    const token = await signedIn(person);
    await disconnectAccount(user, accountId);
    expect(await userLives(user.id)).toBe(false);
    expect(await readSessionOwner(token)).toBeNull();
    expect(await database().session.findMany({ where: { accountId } })).toMatchObject([
      { userId: null, address: null, userAgent: null },
    ]);
  });

  it("stays while another account is connected", async () => {
    const { accountId, user } = await connected(testbed.google);
    const identity = await newPerson(testbed.google);
    const tokens = await exchange(testbed.google, identity);
    await connectAccount({ identity, tokens, currentUserId: user.id, reconnecting: null });
    await disconnectAccount(user, accountId);
    expect(await userLives(user.id)).toBe(true);
    // Called by the account that is left: the address of the other one is forgotten.
    expect(await database().user.findUnique({ where: { id: user.id } })).toMatchObject({
      email: identity.email,
    });
  });
});
