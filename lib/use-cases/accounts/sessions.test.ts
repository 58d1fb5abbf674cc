import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";
import { type Connected, connected } from "./connected.fixture.ts";
import { readSessionOwner } from "./session-owner.ts";
import {
  createSession,
  endMySession,
  endSession,
  hashSessionToken,
  listMySessions,
  makeSessionToken,
  noteSessionUse,
  signOutEverywhere,
  sweepSessions,
} from "./sessions.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed({ env: { SESSION_IDLE_DAYS: "14", SESSION_MAX_DAYS: "90" } });
});
afterAll(() => testbed.close());

const dayMs = 24 * 3_600_000;
const daysAgo = (days: number) => new Date(Date.now() - days * dayMs);
const laptop = { address: "203.0.113.7", userAgent: "a laptop" };

async function session({ user, accountId }: Connected, client = laptop): Promise<string> {
  const token = makeSessionToken();
  await createSession(token, { userId: user.id, accountId, ...client });
  return token;
}

const rowOf = (token: string) =>
  database().session.findUniqueOrThrow({ where: { tokenHash: hashSessionToken(token) } });

const setTimes = async (token: string, createdAt: Date, lastUsedAt: Date) => {
  await database().session.update({
    where: { tokenHash: hashSessionToken(token) },
    data: { createdAt, lastUsedAt },
  });
};

test("only the hash of a session's token is stored", async () => {
  const token = await session(await connected(testbed.google));
  const rows = await database().$queryRaw<{ dump: string; hash: Uint8Array }[]>`
    SELECT s::text AS dump, "tokenHash" AS hash FROM "Session" s`;
  const stored = rows.map(({ dump, hash }) => `${dump} ${Buffer.from(hash).toString("latin1")}`).join();
  expect(stored).not.toContain(token);
  expect(stored).not.toContain(Buffer.from(token).toString("hex"));
  expect(rows.map(({ hash }) => Buffer.from(hash).toString("hex"))).toContain(
    Buffer.from(hashSessionToken(token)).toString("hex"),
  );
});

test("a session is found by its token, with its user and the account that opened it, and by nothing else", async () => {
  const person = await connected(testbed.google);
  const token = await session(person);
  expect(await readSessionOwner(token)).toMatchObject({
    user: { id: person.user.id },
    openedWith: { id: person.accountId },
    isAdmitted: true,
    isAdmin: false,
  });
  for (const other of [
    "",
    token.toLowerCase(),
    `${token} `,
    Buffer.from(hashSessionToken(token)).toString("hex"),
  ]) {
    expect(await readSessionOwner(other)).toBeNull();
  }
});

describe("a session ends by itself", () => {
  it.each([
    ["used a moment ago, begun 89 days ago", 89, 0, true],
    ["used 13 days ago", 20, 13, true],
    ["used 15 days ago", 20, 15, false],
    ["used a moment ago, begun 91 days ago", 91, 0, false],
    ["used a moment ago, begun 400 days ago", 400, 0, false],
  ])("%s", async (_, begun, used, isOpen) => {
    const person = await connected(testbed.google);
    const token = await session(person);
    await setTimes(token, daysAgo(begun), daysAgo(used));
    expect((await readSessionOwner(token)) !== null).toBe(isOpen);
    const { id } = await rowOf(token);
    expect((await listMySessions(person.user, "")).map((each) => each.id)).toEqual(isOpen ? [id] : []);
    await sweepSessions();
    const kept = await database().session.count({ where: { tokenHash: hashSessionToken(token) } });
    expect(kept).toBe(isOpen ? 1 : 0);
  });

  it("using one puts its end off, and never beyond its longest life", async () => {
    const person = await connected(testbed.google);
    const token = await session(person);
    await setTimes(token, daysAgo(80), daysAgo(13));
    const { id: sessionId, lastUsedAt } = await rowOf(token);
    await noteSessionUse({ sessionId, lastUsedAt, address: "198.51.100.4", userAgent: "a phone" });
    const [listed] = await listMySessions(person.user, sessionId);
    expect(listed).toMatchObject({ address: "198.51.100.4", userAgent: "a phone", isThisOne: true });
    expect(Math.abs((listed?.endsAt.getTime() ?? 0) - (Date.now() + 10 * dayMs))).toBeLessThan(60_000);
  });

  it("a use within some minutes of the last one writes nothing", async () => {
    const token = await session(await connected(testbed.google));
    const { id: sessionId, lastUsedAt } = await rowOf(token);
    await noteSessionUse({ sessionId, lastUsedAt, address: "198.51.100.4", userAgent: null });
    expect(await rowOf(token)).toMatchObject({ lastUsedAt, ...laptop });
  });
});

describe("signing out", () => {
  it("ends this session and no other, and the user of a connected account stays", async () => {
    const person = await connected(testbed.google);
    const [here, there] = [await session(person), await session(person)];
    await endSession(here);
    expect(await readSessionOwner(here)).toBeNull();
    expect(await readSessionOwner(there)).not.toBeNull();
    await endSession(there);
    expect(await database().user.count({ where: { id: person.user.id } })).toBe(1);
  });

  it("everywhere ends every session of this user, and nobody else's", async () => {
    const [person, other] = [await connected(testbed.google), await connected(testbed.google)];
    const tokens = [await session(person), await session(person)];
    const others = await session(other);
    await signOutEverywhere(person.user);
    expect(await Promise.all(tokens.map(readSessionOwner))).toEqual([null, null]);
    expect(await readSessionOwner(others)).not.toBeNull();
  });

  it("one of one's own sessions can be ended, and nobody else's", async () => {
    const [person, other] = [await connected(testbed.google), await connected(testbed.google)];
    const token = await session(person);
    const { id } = await rowOf(token);
    expect(await endMySession(other.user, id)).toBe(false);
    expect(await readSessionOwner(token)).not.toBeNull();
    expect(await endMySession(person.user, id)).toBe(true);
    expect(await readSessionOwner(token)).toBeNull();
  });

  it("with a token that is none does nothing", async () => {
    await endSession("no such token");
  });
});

test("sweeping takes users of whom nothing else is left", async () => {
  const person = await connected(testbed.google);
  const gone = await database().user.create({ data: { email: "gone@example.org" } });
  await sweepSessions();
  expect(await database().user.findMany({ where: { id: { in: [gone.id, person.user.id] } } })).toMatchObject([
    { id: person.user.id },
  ]);
});

test("session tokens are 256 random bits each", () => {
  const tokens = Array.from({ length: 100 }, makeSessionToken);
  expect(new Set(tokens).size).toBe(100);
  expect(tokens.every((token) => Buffer.from(token, "base64url").length === 32)).toBe(true);
});

test("what is stored of a session token is its SHA-256", () => {
  const expected = createHash("sha256").update("token").digest("hex");
  expect(Buffer.from(hashSessionToken("token")).toString("hex")).toBe(expected);
});
