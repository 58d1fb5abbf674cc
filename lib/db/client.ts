import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "../env.ts";
import { log } from "../telemetry/log.ts";
import { type Prisma, PrismaClient } from "./generated/client.ts";

export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

/**
 * A statement with a name is parsed once for a connection, and soon planned once, which for small ones is most of what they
 * cost. Texts that depend on how many values they hold are many; what comes after the first few hundred goes without a name.
 */
const statementNames = new Map<string, string>();
const namedAtMost = 300;

function statementNameOf(sql: string): string {
  const known = statementNames.get(sql);
  if (known !== undefined) return known;
  if (statementNames.size >= namedAtMost) return "";
  const name = `latchkey_${statementNames.size}`;
  statementNames.set(sql, name);
  return name;
}

/** A transaction may have to change every row of a large mailbox; Prisma's own limit is five seconds. */
const transactionOptions = { maxWait: 10_000, timeout: 300_000 } as const;

function open(max: number): { database: PrismaClient; pool: pg.Pool } {
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    // Prisma's driver adapter writes moments without a zone, in UTC, and PostgreSQL reads them in the session's.
    onConnect: async (client) => void (await client.query("SET TIME ZONE 'UTC'")),
  });
  // Without a listener a server that goes away ends this process.
  pool.on("error", (error) => log.warn({ error: error.message }, "an idle database connection was lost"));
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: true,
    statementNameGenerator: ({ sql }) => statementNameOf(sql),
  });
  return { database: new PrismaClient({ adapter, transactionOptions }), pool };
}

// Next bundles routes apart from each other: what a process has one of hangs on the process.
const held = globalThis as { latchkeyDatabase?: PrismaClient; latchkeyLocks?: PrismaClient };

/** The process's Prisma client. */
export function database(): PrismaClient {
  held.latchkeyDatabase ??= open(10).database;
  return held.latchkeyDatabase;
}

/**
 * A client of its own for transactions that hold a lock while Google is asked: a slow Google may use up these
 * connections, and never those that pages are read with.
 */
export function lockingDatabase(): PrismaClient {
  held.latchkeyLocks ??= open(10).database;
  return held.latchkeyLocks;
}

export async function closeDatabase(): Promise<void> {
  await Promise.all([held.latchkeyDatabase?.$disconnect(), held.latchkeyLocks?.$disconnect()]);
  delete held.latchkeyDatabase;
  delete held.latchkeyLocks;
}
