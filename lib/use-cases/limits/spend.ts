import "server-only";
import { RateLimiterMemory, RateLimiterPostgres, type RateLimiterRes } from "rate-limiter-flexible";
import { database } from "../../db/client.ts";
import { perProcess } from "../../domain/per-process.ts";
import { env } from "../../env.ts";
import { type LimitName, limits } from "./limits.ts";

// One of each a process: each remembers who has used theirs up, and asks nobody about them. See `database()`.
export const limiters = perProcess("limiters", () => new Map<LimitName, RateLimiterPostgres>());

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Our pool, as the limiter asks it. */
const storeClient = {
  async query({ text, values }: Statement) {
    const found = await database().$queryRawUnsafe<{ points: number; expire: bigint | null }[]>(
      text,
      ...values,
    );
    const rows = found.map(({ points, expire }) => ({
      points,
      expire: expire === null ? null : Number(expire),
    }));
    return { rows, rowCount: rows.length };
  },
};

function limiter(name: LimitName): RateLimiterPostgres {
  const known = limiters().get(name);
  if (known) return known;
  const points = limits[name].points * env().RATE_LIMIT_SCALE;
  const bounds = { keyPrefix: name, points, duration: limits[name].seconds };
  const made = new RateLimiterPostgres({
    ...bounds,
    storeClient,
    storeType: "pool",
    tableName: "RateLimit",
    tableCreated: true,
    // `sweepLimits` does that, once for all.
    clearExpiredByTimeout: false,
    inMemoryBlockOnConsumed: points + 1,
    // With the database away each process counts for itself.
    insuranceLimiter: new RateLimiterMemory(bounds),
  });
  limiters().set(name, made);
  return made;
}

/**
 * Counts one of these for whoever asks.
 * @returns null while that is within the limit, otherwise after how many seconds to come again
 */
export async function spend(name: LimitName, who: string): Promise<number | null> {
  return judged(() => limiter(name).consume(who));
}

/** Whether the limit is used up, without counting. @returns what {@link spend} returns */
export async function isSpent(name: LimitName, who: string): Promise<number | null> {
  const used = await limiter(name).get(who);
  return used && used.remainingPoints <= 0 ? inSeconds(used) : null;
}

async function judged(ask: () => Promise<RateLimiterRes>): Promise<number | null> {
  try {
    await ask();
    return null;
  } catch (refusal) {
    // Not by its class: the limiter may have been made by another of Next's bundles, which has a class of its own.
    if (refusal instanceof Error) throw refusal;
    return inSeconds(refusal as RateLimiterRes);
  }
}

const inSeconds = ({ msBeforeNext }: RateLimiterRes): number => Math.max(1, Math.ceil(msBeforeNext / 1000));

/** Removes counts whose time is over, at most 50,000 at a time. */
export async function sweepLimits(): Promise<void> {
  await database().$executeRaw`
    DELETE FROM "RateLimit" WHERE key IN (SELECT key FROM "RateLimit" WHERE expire < ${Date.now()} LIMIT 50000)`;
}
