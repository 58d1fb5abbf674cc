/** A key of TOKEN_KEYS that this server was not given: nothing is lost, and nobody is asked to reconnect for it. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import { mailListOf } from "../../domain/mail-list.ts";
import { env } from "../../env.ts";
import { requestCopy } from "../../request/read-once.ts";
import { fill } from "../copy/copy.fixture.ts";
import { openCopy } from "../copy/open-copy.ts";
import { readMessagePage } from "../lists/read-message-page.ts";
import { workOnMailbox } from "../sync/work-on-mailbox.ts";
import { accountsWithoutKey } from "./accounts-without-key.ts";
import { connectAccount } from "./connect-account.ts";
import { type Connected, connected, newPerson, signedIn } from "./connected.fixture.ts";
import { declareKeyLost, keyUse } from "./declare-key-lost.ts";
import { readSessionOwner } from "./session-owner.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ messages: null });
});
afterAll(() => testbed.close());

/** Somebody with mail whose data key another instance has wrapped with a key that this one lacks. */
async function lacking(): Promise<Connected> {
  const account = await connected(testbed.google, await newPerson(testbed.google, 20));
  await fill(account.accountId);
  await rename(account, "k1", "k2");
  return account;
}

const rename = ({ accountId }: Connected, from: string, to: string) =>
  database().dataKey.updateMany({ where: { accountId, keyId: from }, data: { keyId: to } });

async function inbox({ accountId }: Connected) {
  const list = mailListOf("inbox");
  if (!list) throw new Error("There is an inbox.");
  return readMessagePage(requestCopy(accountId), { list, query: "", cursor: "" });
}

const rowOf = ({ accountId }: Connected) =>
  database().account.findUniqueOrThrow({ where: { id: accountId }, include: { credential: true } });

test("pages say which key is missing, the account stays as it was, and all is back when the key is", async () => {
  const account = await lacking();
  expect(await inbox(account)).toEqual({ ok: false, trouble: { kind: "key-missing", keyId: "k2" } });
  await workOnMailbox({ task: "sync-mailbox", accountId: account.accountId }, new AbortController().signal);
  expect(await rowOf(account)).toMatchObject({ state: "ACTIVE", cause: null });
  const visitor = await readSessionOwner(await signedIn(account));
  expect(visitor?.accounts[0]).toMatchObject({ lacksKey: "k2", status: { state: "ACTIVE" } });
  await rename(account, "k2", "k1");
  expect((await inbox(account)).ok).toBe(true);
});

test("signing in again replaces no credential that is still good", async () => {
  const account = await lacking();
  const before = await rowOf(account);
  const outcome = await connectAccount({
    identity: account.identity,
    tokens: {
      accessToken: "ya29.new",
      expiresInSeconds: 3600,
      scopes: ["https://www.googleapis.com/auth/gmail.readonly"],
      refreshToken: "1//new",
      refreshTokenExpiresInSeconds: undefined,
    },
    currentUserId: null,
    reconnecting: null,
  });
  expect(outcome).toMatchObject({ connected: true, keyMissing: true, status: { state: "ACTIVE" } });
  expect((await rowOf(account)).credential).toEqual(before.credential);
  await rename(account, "k2", "k1");
  expect((await inbox(account)).ok).toBe(true);
});

test("where the grant is dead besides, there is nothing to wait for: it starts anew", async () => {
  const account = await lacking();
  await database().account.update({
    where: { id: account.accountId },
    data: { state: "NEEDS_CONSENT", cause: "revoked-by-user" },
  });
  await connected(testbed.google, account.identity);
  expect((await openCopy(account.accountId)).status).toEqual({ state: "ACTIVE" });
  expect((await inbox(account)).ok).toBe(true);
});

test("at the start it is counted how many data keys are wrapped by keys that are not here", async () => {
  await database().dataKey.updateMany({ where: { keyId: { notIn: ["k1"] } }, data: { keyId: "k1" } });
  await lacking();
  await lacking();
  const keys = env().TOKEN_KEYS.map(({ id }) => id);
  expect(await accountsWithoutKey(keys)).toEqual([{ keyId: "k2", accounts: 2 }]);
});

test("a key that is lost for good is declared so: what it sealed goes, and owners are asked to reconnect", async () => {
  expect(await keyUse("k1")).toBe("still-there");
  const account = await lacking();
  const use = await keyUse("k2");
  if (use === "still-there") throw new Error("It is not here.");
  expect(use.accounts).toContain(account.accountId);
  expect(use.lastRefreshedAt).not.toBeNull();
  expect(await declareKeyLost("k2", use)).toEqual([]);
  expect(await rowOf(account)).toMatchObject({ state: "NEEDS_CONSENT", cause: "no-refresh-token" });
  expect(await database().copiedMessage.count({ where: { accountId: account.accountId } })).toBe(0);
  const again = await connected(testbed.google, account.identity);
  expect(again.accountId).toBe(account.accountId);
  expect((await openCopy(account.accountId)).status).toEqual({ state: "ACTIVE" });
  expect((await inbox(account)).ok).toBe(true);
});
