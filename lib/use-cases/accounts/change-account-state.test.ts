import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { hold, untilBlocked } from "#dev/testbed/locks.fixture.ts";
import { newId } from "#dev/testbed/named.ts";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { eventsOf } from "../../audit/audit.ts";
import { database } from "../../db/client.ts";
import type { AccountStatus } from "../../domain/account.ts";
import type { AccountId } from "../../domain/mail.ts";
import { changeAccountState } from "./change-account-state.ts";
import { anAdmin, rowOf, stateOf } from "./connected.fixture.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

async function accountThatIs(status: AccountStatus): Promise<AccountId> {
  const { id } = await database().account.create({
    data: {
      sub: newId(),
      email: "maya@example.org",
      state: status.state,
      cause: "cause" in status ? status.cause : null,
      stateChangedAt: new Date("2026-01-01T00:00:00Z"),
      user: { create: { email: "maya@example.org" } },
    },
  });
  return id as AccountId;
}

const change = (accountId: AccountId, to: AccountStatus) =>
  database().$transaction((tx) =>
    changeAccountState(tx, to, { action: "account-needs-consent", actor: "system", accountId }),
  );

const active: AccountStatus = { state: "ACTIVE" };
const revoked: AccountStatus = { state: "NEEDS_CONSENT", cause: "revoked-by-user" };
const policy: AccountStatus = { state: "NEEDS_CONSENT", cause: "policy" };
const suspended: AccountStatus = { state: "SUSPENDED", cause: "admin" };
const disconnected: AccountStatus = { state: "DISCONNECTED", cause: "user" };

describe("a permitted change is made, with one event", () => {
  it.each([
    [active, revoked],
    [active, suspended],
    [active, disconnected],
    [revoked, active],
    [revoked, policy],
    [revoked, suspended],
    [revoked, disconnected],
    [suspended, disconnected],
  ])("%j → %j", async (from, to) => {
    const accountId = await accountThatIs(from);
    expect(await change(accountId, to)).toBe(true);
    expect(await stateOf(accountId)).toEqual(to);
    expect((await rowOf(accountId)).stateChangedAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(await eventsOf(database(), accountId)).toMatchObject([{ actor: "system", status: to }]);
  });
});

describe("what is not permitted, or no change, writes nothing", () => {
  it.each([
    [active, active],
    [revoked, revoked],
    [suspended, suspended],
    [suspended, active],
    [suspended, revoked],
    [disconnected, active],
    [disconnected, revoked],
    [disconnected, suspended],
    [disconnected, disconnected],
    [disconnected, { state: "DISCONNECTED", cause: "admin" } as const],
  ])("%j → %j", async (from, to) => {
    const accountId = await accountThatIs(from);
    expect(await change(accountId, to)).toBe(false);
    expect(await stateOf(accountId)).toEqual(from);
    expect((await rowOf(accountId)).stateChangedAt).toEqual(new Date("2026-01-01T00:00:00Z"));
    expect(await eventsOf(database(), accountId)).toEqual([]);
  });

  it("for an account that is not there", async () => {
    const accountId = newId() as AccountId;
    expect(await change(accountId, revoked)).toBe(false);
    expect(await eventsOf(database(), accountId)).toEqual([]);
  });
});

test("the same change twenty times at once is one event", async () => {
  const accountId = await accountThatIs(active);
  const made = await Promise.all(Array.from({ length: 20 }, () => change(accountId, revoked)));
  expect(made.filter(Boolean)).toHaveLength(1);
  expect(await eventsOf(database(), accountId)).toHaveLength(1);
});

test("two changes at once happen one after the other, each judged by what the other left", async () => {
  const accountId = await accountThatIs(active);
  const lock = await hold('SELECT 1 FROM "Account" WHERE id = $1 FOR UPDATE', [accountId]);
  const first = change(accountId, disconnected);
  await untilBlocked(1);
  const second = change(accountId, revoked);
  await untilBlocked(2);
  await lock.release();
  expect(await Promise.all([first, second])).toEqual([true, false]);
  expect(await stateOf(accountId)).toEqual(disconnected);
});

test("neither the change nor its event outlives a transaction that fails", async () => {
  const accountId = await accountThatIs(active);
  const event = { action: "account-needs-consent", actor: "system", accountId } as const;
  const failing = database().$transaction(async (tx) => {
    await changeAccountState(tx, revoked, event);
    throw new Error("something later failed");
  });
  await expect(failing).rejects.toThrow("something later failed");
  expect(await stateOf(accountId)).toEqual(active);
  expect(await eventsOf(database(), accountId)).toEqual([]);
});

test("the event holds who, what, why and the account's address of that time", async () => {
  const accountId = await accountThatIs(active);
  const action = "revocation-requested";
  const status = { state: "DISCONNECTED", cause: "admin" } as const;
  await database().$transaction((tx) =>
    changeAccountState(tx, status, { action, actor: anAdmin, accountId, reason: "left the company" }),
  );
  expect(await eventsOf(database(), accountId)).toMatchObject([
    { action, actor: "admin@example.org", target: "maya@example.org", reason: "left the company", status },
  ]);
  const row = await database().auditEvent.findFirstOrThrow({ where: { accountId } });
  expect(row.actorId).toBe(anAdmin.id);
});
