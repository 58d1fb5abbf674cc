import "server-only";
import { createHash } from "node:crypto";
import { database } from "../../db/client.ts";
import type { SignInFlow as Row } from "../../db/generated/client.ts";
import { accountIdOf, userIdOf } from "../../domain/ids.ts";
import type { AccountId } from "../../domain/mail.ts";
import type { UserId } from "../../domain/people.ts";
import { asSignInPurpose, type SignInPurpose } from "../../domain/sign-in-purpose.ts";
import { hashSessionToken } from "./sessions.ts";

/** What a trip was begun for. A sign-in has neither user nor session: nobody who is signed in has a say in it. */
export interface SignInTrip {
  readonly purpose: SignInPurpose;
  /** Who connects a further account, or reconnects one. */
  readonly connectingUserId: UserId | null;
  readonly reconnecting: AccountId | null;
  /** Where one was going: a path on this server. */
  readonly callbackUrl: string;
}

/** A trip that a browser has begun. */
export interface SignInFlow extends SignInTrip {
  readonly stateHash: Row["stateHash"];
  /** NextAuth's own values for this trip, under the names that it looks for. */
  readonly checks: Readonly<Record<string, string>>;
  readonly expiresAt: Date;
  readonly claimedAt: Date | null;
  readonly finished: FinishedFlow | null;
  /** Whether this session may finish it: any, for a sign-in. */
  mayBeFinishedBy(sessionToken: string | undefined): boolean;
}

/** How it came out. */
export interface FinishedFlow {
  /** A path on this server. */
  readonly landing: string;
  /** Whose session it led to; null where it led to none. */
  readonly userId: UserId | null;
  /** The answer's cookies, encrypted, for a tab that has waited; null soon after. */
  readonly answerSealed: string | null;
}

const minuteMs = 60_000;

/** Google's code lives about ten minutes; people need some before that. */
const openMs = 15 * minuteMs;
/** How long it is remembered where a trip led, for a browser that opens the way back once more. */
const rememberedMs = 24 * 60 * minuteMs;
/** How long another tab of the same browser can get the answer that the first one got. */
const answerMs = minuteMs;

const hash = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(text).digest());

export interface NewSignInFlow {
  readonly state: string;
  /** The random value of the browser's cookie. */
  readonly browser: string;
  readonly trip: SignInTrip;
  /** The session that connects; left out for a sign-in. */
  readonly sessionToken?: string | undefined;
  readonly checks: Readonly<Record<string, string>>;
}

/** Keeps a trip until Google sends the browser back, and forgets those that are long over. */
export async function beginSignInFlow(flow: NewSignInFlow): Promise<void> {
  const { state, browser, trip, sessionToken, checks } = flow;
  const now = Date.now();
  await database().signInFlow.create({
    data: {
      stateHash: hash(state),
      browserHash: hash(browser),
      purpose: trip.purpose,
      sessionHash: sessionToken === undefined ? null : hashSessionToken(sessionToken),
      userId: trip.connectingUserId,
      accountId: trip.reconnecting,
      callbackUrl: trip.callbackUrl,
      checks: { ...checks },
      startedAt: new Date(now),
      expiresAt: new Date(now + openMs),
    },
  });
  await sweepSignInFlows();
}

/** The trip with this state, if this browser began it; null for everybody else's alike. */
export async function findSignInFlow(state: string, browser: string): Promise<SignInFlow | null> {
  const row = await database().signInFlow.findFirst({
    where: { stateHash: hash(state), browserHash: hash(browser) },
  });
  return row && toFlow(row);
}

/** Takes a trip for this one answer of Google's. Of all who try, in all processes, one gets true. */
export async function claimSignInFlow({ stateHash }: SignInFlow): Promise<boolean> {
  const now = new Date();
  const { count } = await database().signInFlow.updateMany({
    where: { stateHash, claimedAt: null, expiresAt: { gt: now } },
    data: { claimedAt: now },
  });
  return count === 1;
}

/** Writes down where a claimed trip has led. What NextAuth needed for it is forgotten. */
export async function finishSignInFlow(
  { stateHash }: SignInFlow,
  { landing, userId, answerSealed }: FinishedFlow,
): Promise<void> {
  await database().signInFlow.updateMany({
    where: { stateHash },
    data: { finishedAt: new Date(), landing, landedUserId: userId, answerSealed, checks: {} },
  });
}

/** Forgets trips that are long over, and the answers that nobody waits for any more. */
export async function sweepSignInFlows(): Promise<void> {
  const now = Date.now();
  await database().signInFlow.updateMany({
    where: { answerSealed: { not: null }, finishedAt: { lt: new Date(now - answerMs) } },
    data: { answerSealed: null },
  });
  await database().signInFlow.deleteMany({
    where: {
      OR: [
        { expiresAt: { lt: new Date(now - rememberedMs) } },
        // Of one that was given up nothing is to be remembered.
        { claimedAt: null, expiresAt: { lt: new Date(now) } },
      ],
    },
  });
}

function toFlow(row: Row): SignInFlow {
  const { stateHash, sessionHash, callbackUrl, expiresAt, claimedAt, landing } = row;
  return {
    purpose: asSignInPurpose(row.purpose),
    connectingUserId: row.userId === null ? null : userIdOf(row.userId),
    reconnecting: row.accountId === null ? null : accountIdOf(row.accountId),
    callbackUrl,
    stateHash,
    checks: row.checks as Record<string, string>,
    expiresAt,
    claimedAt,
    finished:
      row.finishedAt === null || landing === null
        ? null
        : {
            landing,
            userId: row.landedUserId === null ? null : userIdOf(row.landedUserId),
            answerSealed: row.answerSealed,
          },
    mayBeFinishedBy: (sessionToken) =>
      sessionHash === null ||
      (sessionToken !== undefined && Buffer.compare(sessionHash, hashSessionToken(sessionToken)) === 0),
  };
}
