import "server-only";
import type { Transaction } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";

/**
 * Google counts over the last minute. Half a second more covers what is on its way: of two calls, the one that left
 * first may have taken longer to arrive.
 */
const windowMs = 60_500;

/** Spendings this near to each other are one entry, dated at its end. */
const grainMs = 250;

export interface Spending {
  readonly accountId: AccountId;
  readonly method: string;
  readonly units: number;
  /** Units that may be spent in any minute, this spending included. */
  readonly ceiling: number;
}

/**
 * Books units that are about to be spent, if the last minute leaves room for them: one statement on one row, so all
 * processes share one limit.
 * @returns 0 when they are booked; otherwise the milliseconds until there is room, and nothing was booked
 */
export async function spendUnits(tx: Transaction, { accountId, method, units, ceiling }: Spending) {
  const booked = await tx.$executeRaw`
    WITH clock AS (
      SELECT ceil(extract(epoch FROM clock_timestamp()) * 1000 / ${grainMs}::int)::bigint * ${grainMs}::int AS moment,
        -- A crash may forget the last moment's booking: nobody has to wait for the disk.
        set_config('synchronous_commit', 'off', true) AS relaxed
    ), account AS (
      -- An account that is being destroyed has nothing to spend, and leaves no book behind. That may take minutes.
      SELECT id FROM "Account" WHERE id = ${accountId}::uuid FOR KEY SHARE SKIP LOCKED
    ), booked AS (
      INSERT INTO "QuotaWindow" AS spent ("accountId", "moments", "units")
      SELECT account.id, ARRAY[moment], ARRAY[${units}::int] FROM clock, account
      ON CONFLICT ("accountId") DO UPDATE SET
        ("moments", "units") = (
          SELECT array_agg(m ORDER BY m), array_agg(u ORDER BY m) FROM (
            SELECT m, sum(u)::int AS u FROM (
              SELECT * FROM unnest(spent."moments", spent."units") AS old(m, u)
              UNION ALL SELECT EXCLUDED."moments"[1], EXCLUDED."units"[1]
            ) each WHERE m > EXCLUDED."moments"[1] - ${windowMs}::int GROUP BY m
          ) kept
        )
      WHERE ${units}::int + (
        SELECT coalesce(sum(u), 0) FROM unnest(spent."moments", spent."units") AS old(m, u)
        WHERE m > EXCLUDED."moments"[1] - ${windowMs}::int
      ) <= ${ceiling}::int
      RETURNING 1
    )
    INSERT INTO "QuotaSpent" AS known ("accountId", "minute", "method", "calls", "units")
    SELECT ${accountId}::uuid, date_trunc('minute', clock_timestamp()), ${method}, 1, ${units}::int FROM booked
    ON CONFLICT ("accountId", "minute", "method") DO UPDATE
      SET "calls" = known."calls" + 1, "units" = known."units" + EXCLUDED."units"`;
  return booked === 1 ? 0 : millisecondsUntilRoom(tx, { accountId, method, units, ceiling });
}

/** Units that may be spent at this moment. */
export async function unitsLeft(tx: Transaction, accountId: AccountId, ceiling: number): Promise<number> {
  const [found] = await tx.$queryRaw<{ spent: number }[]>`
    SELECT coalesce(sum(u), 0)::int AS spent
    FROM "QuotaWindow", unnest("moments", "units") AS old(m, u)
    WHERE "accountId" = ${accountId}::uuid
      AND m > (extract(epoch FROM clock_timestamp()) * 1000)::bigint - ${windowMs}::int`;
  return Math.max(0, ceiling - (found?.spent ?? 0));
}

/** How long it takes until enough of what was spent is more than a minute ago. */
async function millisecondsUntilRoom(tx: Transaction, { accountId, units, ceiling }: Spending) {
  const [found] = await tx.$queryRaw<{ wait: number | null }[]>`
    WITH clock AS (
      SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now
    ), old AS (
      SELECT m, sum(u) OVER (ORDER BY m) AS freed, sum(u) OVER () AS total
      FROM clock, "QuotaWindow", unnest("moments", "units") AS old(m, u)
      WHERE "accountId" = ${accountId}::uuid AND m > now - ${windowMs}::int
    )
    SELECT (min(m) + ${windowMs}::int - (SELECT now FROM clock))::int AS wait
    FROM old WHERE total - freed + ${units}::int <= ${ceiling}::int`;
  // At least a moment: whoever waits asks again, and should not do so in a circle.
  return Math.max(found?.wait ?? windowMs, 50);
}

/** Units booked for an account in a minute, by method. */
export interface SpentMinute {
  readonly minute: Date;
  readonly method: string;
  readonly calls: number;
  readonly units: number;
}

/** What was spent since then, oldest first. */
export function readSpending(tx: Transaction, accountId: AccountId, since: Date): Promise<SpentMinute[]> {
  return tx.quotaSpent.findMany({
    where: { accountId, minute: { gte: since } },
    select: { minute: true, method: true, calls: true, units: true },
    orderBy: [{ minute: "asc" }, { method: "asc" }],
  });
}

/** Forgets what was spent before then. */
export async function sweepSpending(tx: Transaction, before: Date): Promise<void> {
  await tx.quotaSpent.deleteMany({ where: { minute: { lt: before } } });
}
