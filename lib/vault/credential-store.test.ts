import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { newId, newKey } from "#dev/testbed/named.ts";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import type { TokenKeys } from "../domain/token-keys.ts";
import { forgetTokens, readCredential, storeGrant, storeRefreshed } from "./credential-store.ts";
import { UnknownTokenKeyError } from "./data-key.ts";
import { SealError } from "./seal.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

const keys: TokenKeys = [{ id: "k1", key: newKey() }];
const expiresAt = new Date("2026-11-21T13:00:00Z");
const grant = (name: string) => ({
  accessToken: `ya29.access-${name}`,
  accessTokenExpiresAt: expiresAt,
  refreshToken: `1//refresh-${name}`,
  refreshTokenExpiresAt: null,
  scopes: ["openid"],
});

async function newAccount(): Promise<AccountId> {
  const { id } = await database().account.create({
    data: {
      sub: newId(),
      email: "maya@example.org",
      state: "ACTIVE",
      user: { create: { email: "maya@example.org" } },
    },
  });
  return id as AccountId;
}

async function accountWith(name: string): Promise<AccountId> {
  const accountId = await newAccount();
  await storeGrant(database(), keys, accountId, grant(name));
  return accountId;
}

const read = (accountId: AccountId, with_ = keys) => readCredential(database(), with_, accountId);

test("an account that has no credential has none", async () => {
  expect(await read(await newAccount())).toBeNull();
  expect(await read(newId() as AccountId)).toBeNull();
});

test("what is stored comes back, and each write raises the version", async () => {
  const accountId = await accountWith("one");
  expect(await read(accountId)).toEqual({ version: 1, ...grant("one") });
  await storeGrant(database(), keys, accountId, grant("two"));
  expect(await read(accountId)).toEqual({ version: 2, ...grant("two") });
});

test("no column holds a token in clear", async () => {
  const accountId = await accountWith("clear");
  const rows = await database().$queryRaw<{ dump: string }[]>`
    SELECT encode(convert_to(row_to_json(c)::text, 'UTF8'), 'hex')
        || encode("refreshTokenSealed", 'hex') || encode("accessTokenSealed", 'hex') AS dump
    FROM "Credential" c WHERE "accountId" = ${accountId}::uuid`;
  const dump = Buffer.from(rows[0]?.dump ?? "", "hex").toString("latin1");
  expect(dump).toContain(accountId);
  expect(dump).not.toMatch(/ya29|refresh-clear/);
});

describe("a refresh's write", () => {
  it("keeps the refresh token and its end when the answer brought none", async () => {
    const accountId = await accountWith("kept");
    const refreshed = { accessToken: "ya29.new", accessTokenExpiresAt: expiresAt };
    expect(await storeRefreshed(database(), keys, accountId, 1, refreshed)).toBe(true);
    expect(await read(accountId)).toEqual({ version: 2, ...grant("kept"), accessToken: "ya29.new" });
  });

  it("is conditional on the version that was read", async () => {
    const accountId = await accountWith("old");
    await storeGrant(database(), keys, accountId, grant("reconnected"));
    expect(await storeRefreshed(database(), keys, accountId, 1, grant("late"))).toBe(false);
    expect(await forgetTokens(database(), keys, accountId, 1)).toBe(false);
    expect(await read(accountId)).toEqual({ version: 2, ...grant("reconnected") });
  });

  it("wins once when two of them have read the same version", async () => {
    const accountId = await accountWith("both");
    const written = await Promise.all(
      ["a", "b"].map((name) => storeRefreshed(database(), keys, accountId, 1, grant(name))),
    );
    expect(written.toSorted()).toEqual([false, true]);
    expect(await read(accountId)).toMatchObject({ version: 2 });
  });

  it("writes nothing for an account that is gone", async () => {
    const accountId = await accountWith("gone");
    await database().account.delete({ where: { id: accountId } });
    expect(await storeRefreshed(database(), keys, accountId, 1, grant("late"))).toBe(false);
    expect(await forgetTokens(database(), keys, accountId, 1)).toBe(false);
    expect(await database().dataKey.count({ where: { accountId } })).toBe(0);
  });
});

test("forgetting leaves no token behind, and keeps the scopes", async () => {
  const accountId = await accountWith("dead");
  expect(await forgetTokens(database(), keys, accountId, 1)).toBe(true);
  expect(await read(accountId)).toEqual({
    version: 2,
    accessToken: null,
    accessTokenExpiresAt: null,
    refreshToken: null,
    refreshTokenExpiresAt: null,
    scopes: ["openid"],
  });
  const row = await database().credential.findUniqueOrThrow({ where: { accountId } });
  expect(row).toMatchObject({ refreshTokenSealed: null, accessTokenSealed: null });
});

describe("a sealed value does not open", () => {
  it("in another account's row", async () => {
    const [mine, other] = [await accountWith("mine"), await accountWith("other")];
    await database().$executeRaw`
      UPDATE "Credential" SET "refreshTokenSealed" =
        (SELECT "refreshTokenSealed" FROM "Credential" WHERE "accountId" = ${mine}::uuid)
      WHERE "accountId" = ${other}::uuid`;
    await expect(read(other)).rejects.toThrow(SealError);
    expect(await read(mine)).toMatchObject(grant("mine"));
  });

  it("in another account's row, not even together with its data key", async () => {
    const [mine, other] = [await accountWith("mine"), await accountWith("other")];
    await database().$executeRaw`
      UPDATE "DataKey" SET wrapped = (SELECT wrapped FROM "DataKey" WHERE "accountId" = ${mine}::uuid)
      WHERE "accountId" = ${other}::uuid`;
    await database().$executeRaw`
      UPDATE "Credential" SET "refreshTokenSealed" =
        (SELECT "refreshTokenSealed" FROM "Credential" WHERE "accountId" = ${mine}::uuid)
      WHERE "accountId" = ${other}::uuid`;
    await expect(read(other)).rejects.toThrow(SealError);
  });

  it("in another field of its own row", async () => {
    const accountId = await accountWith("swapped");
    await database().$executeRaw`
      UPDATE "Credential"
      SET "refreshTokenSealed" = "accessTokenSealed", "accessTokenSealed" = "refreshTokenSealed"
      WHERE "accountId" = ${accountId}::uuid`;
    await expect(read(accountId)).rejects.toThrow(SealError);
  });

  it("after one bit of it was flipped in the database", async () => {
    const accountId = await accountWith("flipped");
    await database().$executeRaw`
      UPDATE "Credential" SET "accessTokenSealed" = set_bit("accessTokenSealed", 150, 1 - get_bit("accessTokenSealed", 150))
      WHERE "accountId" = ${accountId}::uuid`;
    await expect(read(accountId)).rejects.toThrow(SealError);
  });

  it("without the key that wraps its data key", async () => {
    const accountId = await accountWith("locked");
    const other: TokenKeys = [{ id: "k2", key: new Uint8Array(32) }];
    await expect(read(accountId, other)).rejects.toThrow(UnknownTokenKeyError);
    const forged: TokenKeys = [{ id: "k1", key: new Uint8Array(32) }];
    await expect(read(accountId, forged)).rejects.toThrow(SealError);
  });
});
