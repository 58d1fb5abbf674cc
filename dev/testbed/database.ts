import { randomUUID } from "node:crypto";
import pg from "pg";

export const serverVariable = "LATCHKEY_TEST_POSTGRES";
export const templateName = "latchkey_template";

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A database of one's own with every table and no row; made from the run's template in some milliseconds. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env[serverVariable];
  if (!server) throw new Error("There is no test PostgreSQL: vitest's global setup starts it.");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await asAdmin(server, `CREATE DATABASE ${name} TEMPLATE ${templateName}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.toString(), drop: () => asAdmin(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function asAdmin(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
