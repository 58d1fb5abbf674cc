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

/** Filling that comes late, because others went first, may catch up with so much of its share at once. */
const latenessMs = 8_000;

/** Whoever waits for room asks again so soon after there is some; filling pauses until then. */
const askedAgainMs = 1_500;

export interface Spending {
  readonly accountId: AccountId;
  readonly method: string;
  readonly units: number;
  /** Units that may be spent in any minute, this spending included. */
  readonly ceiling: number;
  /**
   * Whether this gives way, as filling does: it is spread evenly over the minute, so that there is always some room, and
   * pauses while somebody waits who does not give way.
   */
  readonly givesWay?: boolean;
}

/**
 * Books units that are about to be spent, if the last minute leaves room for them: one statement on one row, so all
 * processes share one limit.
 * @returns 0 when they are booked; otherwise the milliseconds until there is room, and nothing was booked
 */
export async function spendUnits(tx: Transaction, spending: Spending): Promise<number> {
  const { accountId, method, units, ceiling, givesWay = false } = spending;
  // How long the share that is used up now lasts.
  const shareMs = givesWay ? Math.ceil((units * windowMs) / ceiling) : 0;
  const booked = await tx.$executeRaw`
    WITH clock AS (
      SELECT ceil(extract(epoch FROM clock_timestamp()) * 1000 / ${grainMs}::int)::bigint * ${grainMs}::int AS moment,
        (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now,
        -- A crash may forget the last moment's booking: nobody has to wait for the disk.
        set_config('synchronous_commit', 'off', true) AS relaxed
    ), account AS (
      -- An account that is being destroyed books nothing, so that no row is left behind; SKIP LOCKED, since destroying
      -- may take minutes.
      SELECT id FROM "Account" WHERE id = ${accountId}::uuid FOR KEY SHARE SKIP LOCKED
    ), booked AS (
      INSERT INTO "QuotaWindow" AS spent ("accountId", "moments", "units", "pacedTo")
      SELECT account.id, ARRAY[moment], ARRAY[${units}::int], now - ${latenessMs}::int + ${shareMs}::int
      FROM clock, account
      ON CONFLICT ("accountId") DO UPDATE SET
        "pacedTo" = CASE WHEN ${givesWay} THEN greatest(spent."pacedTo" + ${shareMs}::int, EXCLUDED."pacedTo")
          ELSE spent."pacedTo" END,
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
        AND NOT (${givesWay} AND greatest(spent."pacedTo", spent."heldTo") > (SELECT now FROM clock))
      RETURNING 1
    )
    INSERT INTO "QuotaSpent" AS known ("accountId", "minute", "method", "calls", "units")
    SELECT ${accountId}::uuid, date_trunc('minute', clock_timestamp()), ${method}, 1, ${units}::int FROM booked
    ON CONFLICT ("accountId", "minute", "method") DO UPDATE
      SET "calls" = known."calls" + 1, "units" = known."units" + EXCLUDED."units"`;
  if (booked === 1) return 0;
  const waitMs = await millisecondsUntilRoom(tx, spending);
  if (!givesWay) await holdOthers(tx, accountId, waitMs + askedAgainMs);
  return waitMs;
}

/** Units that may be spent at this moment. */
export async function unitsLeft(
  tx: Transaction,
  { accountId, ceiling, givesWay = false }: Pick<Spending, "accountId" | "ceiling" | "givesWay">,
): Promise<number> {
  const [found] = await tx.$queryRaw<{ spent: number; pauses: boolean }[]>`
    WITH clock AS (
      SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now
    )
    SELECT (SELECT coalesce(sum(u), 0) FROM unnest("moments", "units") AS old(m, u) WHERE m > now - ${windowMs}::int)::int AS spent,
      greatest("pacedTo", "heldTo") > now AS pauses
    FROM clock, "QuotaWindow" WHERE "accountId" = ${accountId}::uuid`;
  if (found === undefined) return ceiling;
  return givesWay && found.pauses ? 0 : Math.max(0, ceiling - found.spent);
}

/** How long it takes until enough of what was spent is more than a minute ago, and nobody else goes first. */
async function millisecondsUntilRoom(
  tx: Transaction,
  { accountId, units, ceiling, givesWay = false }: Spending,
): Promise<number> {
  const [found] = await tx.$queryRaw<{ room: number | null; paced: number | null }[]>`
    WITH clock AS (
      SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now
    ), old AS (
      SELECT m, sum(u) OVER (ORDER BY m) AS freed, sum(u) OVER () AS total
      FROM clock, "QuotaWindow", unnest("moments", "units") AS old(m, u)
      WHERE "accountId" = ${accountId}::uuid AND m > now - ${windowMs}::int
    )
    SELECT CASE WHEN (SELECT coalesce(max(total), 0) FROM old) + ${units}::int <= ${ceiling}::int THEN 0
        ELSE (SELECT min(m) + ${windowMs}::int - now FROM old WHERE total - freed + ${units}::int <= ${ceiling}::int)
      END::int AS room,
      greatest(0, CASE WHEN ${givesWay} THEN greatest("pacedTo", "heldTo") - now END)::int AS paced
    FROM clock, "QuotaWindow" WHERE "accountId" = ${accountId}::uuid`;
  // When its time comes there may be room for a part. At least a moment: whoever waits asks again, and not in a circle.
  return Math.max(found?.paced || (found?.room ?? windowMs), 50);
}

/** Whatever gives way leaves what becomes free to whoever waits now. */
async function holdOthers(tx: Transaction, accountId: AccountId, forMs: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE "QuotaWindow"
    SET "heldTo" = greatest("heldTo", (extract(epoch FROM clock_timestamp()) * 1000)::bigint + ${forMs}::int)
    WHERE "accountId" = ${accountId}::uuid`;
}

/** Forgets what was spent before then. */
export async function sweepSpending(tx: Transaction, before: Date): Promise<void> {
  await tx.quotaSpent.deleteMany({ where: { minute: { lt: before } } });
}

/** Google has asked for a pause: until it is over, nobody asks for this account, in whatever process. */
export async function notePause(tx: Transaction, accountId: AccountId, forMs: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Account" SET "askAgainAt" = greatest("askAgainAt", now() + ${forMs}::int * interval '1 millisecond')
    WHERE id = ${accountId}::uuid`;
}

/** How long that still is, in milliseconds; 0 when Google may be asked. */
export async function pauseLeftMs(tx: Transaction, accountId: AccountId): Promise<number> {
  const [found] = await tx.$queryRaw<{ left: number | null }[]>`
    SELECT ceil(1000 * extract(epoch FROM "askAgainAt" - clock_timestamp()))::int AS left
    FROM "Account" WHERE id = ${accountId}::uuid`;
  return Math.max(0, found?.left ?? 0);
}
