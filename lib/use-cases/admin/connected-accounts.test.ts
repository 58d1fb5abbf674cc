import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { newId } from "#dev/testbed/named.ts";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import { anAdmin, type Connected, connected, signedIn } from "../accounts/connected.fixture.ts";
import { findMyAccount, loginHintFor } from "../accounts/my-accounts.ts";
import { readSessionOwner } from "../accounts/session-owner.ts";
import { listConnectedAccounts, readAccountFile } from "./connected-accounts.ts";
import { revokeAccount } from "./revoke-account.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

/** As their pages have them. */
const accountsOf = async (person: Connected) =>
  (await readSessionOwner(await signedIn(person)))?.accounts ?? [];

describe("a user", () => {
  it("finds their own account, and nobody else's", async () => {
    const [mine, other] = [await connected(testbed.google), await connected(testbed.google)];
    expect(await findMyAccount(mine.user, mine.accountId)).toMatchObject({ id: mine.accountId });
    expect(await findMyAccount(mine.user, other.accountId)).toBeNull();
    expect(await loginHintFor(mine.user, mine.accountId)).toBe(mine.identity.sub);
    expect(await loginHintFor(mine.user, other.accountId)).toBeNull();
    expect((await accountsOf(mine)).map(({ id }) => id)).toEqual([mine.accountId]);
  });

  it.each(["", "1", "not-a-uuid", "' OR 1=1 --", "0190a000-0000-7000-8000-00000000000", "../admin"])(
    "finds nothing at %j, and it is no error",
    async (id) => {
      const { user } = await connected(testbed.google);
      expect(await findMyAccount(user, id)).toBeNull();
      expect(await readAccountFile(anAdmin, id)).toBeNull();
    },
  );
});

test("what an admin and an owner see of an account holds no token and no key", async () => {
  const person = await connected(testbed.google);
  const { accountId, tokens } = person;
  const seen = JSON.stringify([
    await accountsOf(person),
    await listConnectedAccounts(anAdmin, undefined),
    await readAccountFile(anAdmin, accountId),
  ]);
  expect(seen).toContain(accountId);
  expect(seen).not.toContain(tokens.accessToken);
  expect(seen).not.toContain(tokens.refreshToken);
  expect(seen).not.toMatch(/sealed|wrapped/i);
});

test("the list of all accounts is turned over a hundred at a time, each account once", async () => {
  const user = await database().user.create({ data: { email: "many@example.org" } });
  await database().account.createMany({
    data: Array.from({ length: 230 }, () => ({
      userId: user.id,
      sub: newId(),
      email: "many@example.org",
      state: "ACTIVE" as const,
    })),
  });
  const total = await database().account.count();
  const seen: AccountId[] = [];
  let after: AccountId | undefined;
  do {
    const page = await listConnectedAccounts(anAdmin, after);
    expect(page.total).toBe(total);
    expect(page.accounts.length).toBeLessThanOrEqual(100);
    seen.push(...page.accounts.map(({ id }) => id));
    after = page.next ?? undefined;
  } while (after);
  expect(seen).toHaveLength(total);
  expect(new Set(seen).size).toBe(total);
  expect((await listConnectedAccounts(anAdmin, "nonsense")).accounts).toHaveLength(100);
});

describe("the file of an account", () => {
  it("is left with its history when the account is gone", async () => {
    const { accountId } = await connected(testbed.google);
    expect(await readAccountFile(anAdmin, accountId)).toMatchObject({ account: { id: accountId } });
    await revokeAccount(anAdmin, accountId, "left");
    const file = await readAccountFile(anAdmin, accountId);
    expect(file?.account).toBeNull();
    expect(file?.events.map(({ action }) => action)).toEqual([
      "account-destroyed",
      "revocation-requested",
      "account-connected",
    ]);
  });

  it("is none where there never was an account", async () => {
    expect(await readAccountFile(anAdmin, newId())).toBeNull();
  });
});
