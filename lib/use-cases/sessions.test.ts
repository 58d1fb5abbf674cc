import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "#lib/db/client.ts";
import { hashSessionToken, makeSessionToken } from "#lib/vault/session-token.ts";
import { connected } from "./connected.fixture.ts";
import {
  endSession,
  extendSession,
  findSession,
  findUserBySub,
  openSession,
  sweepSessions,
} from "./sessions.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);

async function newUser(): Promise<string> {
  return (await database().user.create({ data: { email: "maya@example.org" } })).id;
}

async function session(userId: string, expiresAt = inSeconds(60)): Promise<string> {
  const token = makeSessionToken();
  await openSession(token, userId, expiresAt);
  return token;
}

const lives = async (userId: string) => (await database().user.count({ where: { id: userId } })) === 1;

test("only the hash of a session's token is stored", async () => {
  const token = await session(await newUser());
  const rows = await database().$queryRaw<{ dump: string; hash: Uint8Array }[]>`
    SELECT s::text AS dump, "tokenHash" AS hash FROM "Session" s`;
  const stored = rows.map(({ dump, hash }) => `${dump} ${Buffer.from(hash).toString("latin1")}`).join();
  expect(stored).not.toContain(token);
  expect(stored).not.toContain(Buffer.from(token).toString("hex"));
  expect(rows.map(({ hash }) => Buffer.from(hash).toString("hex"))).toContain(
    Buffer.from(hashSessionToken(token)).toString("hex"),
  );
});

test("a session is found by its token, with its user, and by nothing else", async () => {
  const userId = await newUser();
  const token = await session(userId);
  expect(await findSession(token)).toMatchObject({ userId, user: { email: "maya@example.org" } });
  for (const other of [
    "",
    token.toLowerCase(),
    `${token} `,
    Buffer.from(hashSessionToken(token)).toString("hex"),
  ]) {
    expect(await findSession(other)).toBeNull();
  }
});

test("an expired session finds nothing, until somebody could have extended it", async () => {
  const token = await session(await newUser(), inSeconds(-1));
  expect(await findSession(token)).toBeNull();
  const living = await session(await newUser(), inSeconds(5));
  await extendSession(living, inSeconds(3_600));
  expect((await findSession(living))?.expiresAt.getTime()).toBeGreaterThan(Date.now() + 3_000_000);
});

describe("signing out", () => {
  it("ends this session and no other, and the user of a connected account stays", async () => {
    const { user } = await connected(testbed.google);
    const [here, there] = [await session(user.id), await session(user.id)];
    await endSession(here);
    expect(await findSession(here)).toBeNull();
    expect(await findSession(there)).not.toBeNull();
    await endSession(there);
    expect(await lives(user.id)).toBe(true);
  });

  it("forgets a user of whom nothing else is left", async () => {
    const userId = await newUser();
    const [here, there] = [await session(userId), await session(userId)];
    await endSession(here);
    expect(await lives(userId)).toBe(true);
    await endSession(there);
    expect(await lives(userId)).toBe(false);
  });

  it("with a token that is none does nothing", async () => {
    await endSession("no such token");
  });
});

test("sweeping takes expired sessions, and users of whom nothing else is left", async () => {
  const [gone, present] = [await newUser(), await newUser()];
  const { user: connectedUser } = await connected(testbed.google);
  const expired = await session(gone, inSeconds(-1));
  const open = await session(present);
  await session(connectedUser.id, inSeconds(-1));
  await sweepSessions();
  expect(await database().session.count({ where: { tokenHash: hashSessionToken(expired) } })).toBe(0);
  expect(await database().session.count({ where: { userId: connectedUser.id } })).toBe(0);
  expect(await findSession(open)).not.toBeNull();
  expect(await Promise.all([gone, present, connectedUser.id].map(lives))).toEqual([false, true, true]);
});

test("a user is found by the sub of any of their accounts", async () => {
  const { identity, user } = await connected(testbed.google);
  expect((await findUserBySub(identity.sub))?.id).toBe(user.id);
  expect(await findUserBySub(randomUUID())).toBeNull();
});
