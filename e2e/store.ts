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
    close: () => pool.end(),
  };
}

export const nothing = { users: 0, accounts: 0, credentials: 0, dataKeys: 0, sessions: 0, events: 0 };
