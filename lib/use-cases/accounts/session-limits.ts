import "server-only";
import { env } from "../../env.ts";

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
