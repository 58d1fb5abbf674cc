import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { database, type Transaction } from "../../db/client.ts";
import { unlessFull } from "../../db/unless-full.ts";
import type { AccountId } from "../../domain/mail.ts";
import type { User, UserId } from "../../domain/people.ts";
import type { Client, OpenSession } from "../../domain/session.ts";
import { env } from "../../env.ts";
import { tellSessionsEnded } from "./session-ends.ts";

/** 256 random bits, which only the browser's cookie keeps. */
export const makeSessionToken = (): string => randomBytes(32).toString("base64url");

/** What is stored of it. The token has full entropy, so one plain hash is enough. */
export const hashSessionToken = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(token).digest());

const dayMs = 24 * 60 * 60 * 1000;

/** How long a session may last, and its cookie is kept, in ms. */
export const longestSessionMs = (): number => env().SESSION_MAX_DAYS * dayMs;

/** A session is open if it was begun, and last used, after these times. */
export const sessionBounds = (nowMs = Date.now()) => ({
  begunAfter: new Date(nowMs - longestSessionMs()),
  usedAfter: new Date(nowMs - env().SESSION_IDLE_DAYS * dayMs),
});

/** How long a proof at Google counts as fresh, in ms: long enough to read a page. */
export const proofLifeMs = 10 * 60_000;

/** Whether somebody has proven at Google just now who they are. Changes that outlast their session ask for that. */
export const isFreshProof = (provenAt: Date, nowMs = Date.now()): boolean =>
  nowMs - provenAt.getTime() < proofLifeMs;

/** When a session ends if nobody uses it any more. */
export function endOfSession({ createdAt, lastUsedAt }: { createdAt: Date; lastUsedAt: Date }): Date {
  const idleMs = env().SESSION_IDLE_DAYS * dayMs;
  return new Date(Math.min(createdAt.getTime() + longestSessionMs(), lastUsedAt.getTime() + idleMs));
}

/** A use of a session is noted this often: a write for every page would be too dear. */
const notedEveryMs = 5 * 60_000;

export interface NewSession extends Client {
  readonly userId: string;
  /** The account that Google has just proven. */
  readonly accountId: AccountId;
}

/** Creates a session, stored by the hash of its token. */
export async function createSession(token: string, session: NewSession): Promise<void> {
  await database().session.create({ data: { tokenHash: hashSessionToken(token), ...session } });
}

export interface SessionUse extends Client {
  readonly sessionId: string;
  readonly lastUsedAt: Date;
}

/** Writes down that a session is in use, from where and with what. Nothing is written while that is fresh. */
export async function noteSessionUse({
  sessionId,
  lastUsedAt,
  address,
  userAgent,
}: SessionUse): Promise<void> {
  const now = Date.now();
  if (lastUsedAt.getTime() > now - notedEveryMs) return;
  const noting = database().session.updateMany({
    where: { id: sessionId, lastUsedAt: { lte: new Date(now - notedEveryMs) } },
    data: { lastUsedAt: new Date(now), address, userAgent },
  });
  await unlessFull(noting, null);
}

/** Ends the session with this token, if there is one. */
export async function endSession(token: string): Promise<void> {
  await database().$transaction((tx) => endSessions(tx, { tokenHash: hashSessionToken(token) }));
}

/** Ends one of a user's own sessions. @returns whether there was one */
export async function endMySession(user: User, sessionId: string): Promise<boolean> {
  return database().$transaction(
    async (tx) => (await endSessions(tx, { id: sessionId, userId: user.id })) > 0,
  );
}

/** Ends every session of a user, this one too. */
export async function signOutEverywhere(user: User): Promise<void> {
  await database().$transaction((tx) => endSessions(tx, { userId: user.id }));
}

interface Which {
  readonly tokenHash?: Uint8Array<ArrayBuffer>;
  readonly id?: string;
  readonly userId?: UserId;
  readonly accountId?: AccountId;
}

/** Ends sessions, and tells whatever is open in their name. @returns how many there were */
export async function endSessions(tx: Transaction, which: Which): Promise<number> {
  const ended = await tx.session.findMany({ where: which, select: { id: true } });
  if (ended.length === 0) return 0;
  const ids = ended.map(({ id }) => id);
  await tx.session.deleteMany({ where: { id: { in: ids } } });
  await tellSessionsEnded(tx, ids);
  return ids.length;
}

/** A user's open sessions, the one that was used last first. */
export async function listMySessions(user: User, currentId: string): Promise<OpenSession[]> {
  const { begunAfter, usedAfter } = sessionBounds();
  const rows = await database().session.findMany({
    where: {
      userId: user.id,
      createdAt: { gt: begunAfter },
      lastUsedAt: { gt: usedAfter },
    },
    orderBy: [{ lastUsedAt: "desc" }, { id: "desc" }],
    take: 100,
  });
  const accounts = await database().account.findMany({
    where: { userId: user.id, maySignIn: true },
    select: { id: true, email: true },
  });
  const addressOf = new Map(accounts.map(({ id, email }) => [id, email]));
  return rows.flatMap((row) => {
    const openedWith = addressOf.get(row.accountId);
    // A session whose account is gone, or may open none any more, opens nothing.
    if (openedWith === undefined) return [];
    const { id, createdAt, lastUsedAt, address, userAgent } = row;
    const endsAt = endOfSession(row);
    return [
      { id, openedWith, createdAt, lastUsedAt, endsAt, address, userAgent, isThisOne: id === currentId },
    ];
  });
}

/** Sessions that ended by themselves, proofs that were not used, and users of whom nothing else is left. */
export async function sweepSessions(): Promise<void> {
  const { begunAfter, usedAfter } = sessionBounds();
  await database().$transaction(async (tx) => {
    await tx.session.deleteMany({
      where: { OR: [{ createdAt: { lte: begunAfter } }, { lastUsedAt: { lte: usedAfter } }] },
    });
    await tx.holderProof.deleteMany({ where: { expiresAt: { lte: new Date() } } });
    await tx.user.deleteMany({ where: { accounts: { none: {} } } });
  });
}

/** The account of this Google `sub`, with whom it belongs to; null when there is none. */
export async function findAccountBySub(sub: string) {
  return database().account.findUnique({ where: { sub }, include: { user: true } });
}
