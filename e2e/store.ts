import { expect } from "@playwright/test";
import pg from "pg";
import { place } from "./places.ts";

/** What Latchkey has stored, as a look into its tables tells. */
export type Store = ReturnType<typeof openStore>;

export interface StoredAccount {
  readonly id: string;
  readonly userId: string;
  readonly state: string;
  readonly cause: string | null;
  readonly unansweredSince: Date | null;
}

export function openStore() {
  const pool = new pg.Pool({ connectionString: place("database"), max: 2 });
  pool.on("error", () => {});
  const query = async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> =>
    (await pool.query<Row>(sql, values)).rows;
  const count = async (sql: string, values: unknown[]): Promise<number> =>
    Number((await query<{ count: string }>(`SELECT count(*) AS count FROM ${sql}`, values))[0]?.count);
  return {
    query,
    accountOf: async (email: string): Promise<StoredAccount | null> =>
      (
        await query<StoredAccount & pg.QueryResultRow>(`SELECT * FROM "Account" WHERE email = $1`, [email])
      )[0] ?? null,
    /** How many rows of each kind there are about a person. */
    rowsAbout: async (email: string) => ({
      users: await count(`"User" WHERE email = $1`, [email]),
      accounts: await count(`"Account" WHERE email = $1`, [email]),
      credentials: await count(`"Credential" c JOIN "Account" a ON a.id = c."accountId" WHERE a.email = $1`, [
        email,
      ]),
      dataKeys: await count(`"DataKey" k JOIN "Account" a ON a.id = k."accountId" WHERE a.email = $1`, [
        email,
      ]),
      sessions: await count(`"Session" s JOIN "User" u ON u.id = s."userId" WHERE u.email = $1`, [email]),
      events: await count(`"AuditEvent" WHERE target = $1 OR actor = $1`, [email]),
    }),
    actionsOn: async (accountId: string): Promise<string[]> =>
      (
        await query<{ action: string }>(
          `SELECT action FROM "AuditEvent" WHERE "accountId" = $1 ORDER BY at`,
          [accountId],
        )
      ).map(({ action }) => action),
    /** Waits until an account's mailbox is all here, and Google notifies us of what is new. */
    untilFilled: async (accountId: string): Promise<void> => {
      await expect
        .poll(
          () =>
            count(`"Mirror" WHERE "accountId" = $1 AND "filledDownTo" = 0 AND "watchAskedAt" IS NOT NULL`, [
              accountId,
            ]),
          { timeout: 90_000 },
        )
        .toBe(1);
    },
    /** The account's mail was never brought in: the next page asks Google. */
    forgetCopy: (accountId: string) =>
      query(
        `WITH head AS (DELETE FROM "Mirror" WHERE "accountId" = $1),
           places AS (DELETE FROM "MessageLabel" WHERE "accountId" = $1),
           rows AS (DELETE FROM "MirroredMessage" WHERE "accountId" = $1)
         DELETE FROM "MirroredLabel" WHERE "accountId" = $1`,
        [accountId],
      ),
    /** How many rows each table holds that an account's mail or jobs are kept in; those that hold none are left out. */
    rowsOfMail: async (accountId: string): Promise<Record<string, number>> => {
      const counts: Record<string, number> = {};
      for (const table of tablesOfMail) {
        const rows = await count(`"${table}" WHERE "accountId" = $1`, [accountId]);
        if (rows > 0) counts[table] = rows;
      }
      const jobs = await count(`graphile_worker._private_jobs WHERE payload::text LIKE '%' || $1 || '%'`, [
        accountId,
      ]);
      return jobs > 0 ? { ...counts, jobs } : counts;
    },
    /** Keeps the jobs of an account waiting, so that only pages ask Google for its mail. */
    holdJobs: async (accountId: string): Promise<void> => {
      const hold = () =>
        query(
          `UPDATE graphile_worker._private_job_queues SET locked_at = now(), locked_by = 'a test'
           WHERE queue_name = 'mailbox:' || $1 AND locked_at IS NULL RETURNING 1`,
          [accountId],
        );
      await expect.poll(async () => (await hold()).length, { intervals: [20] }).toBe(1);
    },
    close: () => pool.end(),
  };
}

const tablesOfMail = [
  "DataKey",
  "Credential",
  "Mirror",
  "MirroredMessage",
  "MessageLabel",
  "MirroredLabel",
  "MessageBody",
  "ListedMessage",
  "FailedMessage",
  "WantedMessage",
  "QuotaWindow",
  "QuotaSpent",
];

export const nothing = { users: 0, accounts: 0, credentials: 0, dataKeys: 0, sessions: 0, events: 0 };
