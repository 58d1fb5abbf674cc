import "server-only";
import { env } from "../../env.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** How long a session may go on from its beginning, and how long its cookie is kept. */
export const longestSessionMs = (): number => env().SESSION_MAX_DAYS * dayMs;

/** A session is open while it was begun, and last used, after these moments. */
export const sessionBounds = (nowMs = Date.now()) => ({
  begunAfter: new Date(nowMs - longestSessionMs()),
  usedAfter: new Date(nowMs - env().SESSION_IDLE_DAYS * dayMs),
});

/** How long it counts as said just now that somebody is who they are: long enough to read a page. */
export const proofLifeMs = 10 * 60_000;

/** Whether a proof at Google is from just now. What lasts longer than a session asks for one. */
export const isFreshProof = (provenAt: Date, nowMs = Date.now()): boolean =>
  nowMs - provenAt.getTime() < proofLifeMs;

/** When a session ends if nobody uses it any more. */
export function endOfSession({ createdAt, lastUsedAt }: { createdAt: Date; lastUsedAt: Date }): Date {
  const idleMs = env().SESSION_IDLE_DAYS * dayMs;
  return new Date(Math.min(createdAt.getTime() + longestSessionMs(), lastUsedAt.getTime() + idleMs));
}
