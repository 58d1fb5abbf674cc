import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { perProcess } from "../domain/per-process.ts";
import { log } from "../telemetry/log.ts";
import { workNow } from "./as-job.ts";
import {
  connectionOptions,
  giveUpWhenSilent,
  mayPrepare,
  maySetForSession,
  type Pooled,
  statementTimeoutMs,
  timeEachUse,
} from "./connection.ts";
import { type Prisma, PrismaClient } from "./generated/client.ts";
import { closeHealth } from "./schema-state.ts";

export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

/**
 * Names for prepared statements, by their SQL: a prepared statement is parsed once for each connection, and planned
 * less often, which is most of what a small one costs. Some SQL differs with the number of its values; after the first
 * few hundred texts no more are prepared.
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

function open(speaker: Pooled, max: number): PrismaClient {
  const pool = new pg.Pool({
    ...connectionOptions(speaker),
    max,
    idleTimeoutMillis: 30_000,
    onConnect: async (client) => {
      giveUpWhenSilent(client, speaker);
      await client.query(settingsOf(speaker));
    },
  });
  // A pool without a listener throws when a server goes away, which ends the process.
  pool.on("error", (error) =>
    log.warn(
      { event: "database.connection.lost", error: error.message },
      "an idle database connection was lost",
    ),
  );
  timeEachUse(pool, speaker);
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: true,
    statementNameGenerator: ({ sql }) => (mayPrepare() ? statementNameOf(sql) : ""),
  });
  return new PrismaClient({ adapter, transactionOptions });
}

/**
 * Settings of a new connection. Prisma's driver adapter writes times without a zone, in UTC, and PostgreSQL reads them
 * in the session's zone: the one setting that poolers pass on.
 */
const settingsOf = (speaker: Pooled): string =>
  `SET TIME ZONE 'UTC'${maySetForSession() ? `; SET statement_timeout = ${statementTimeoutMs(speaker)}` : ""}`;

/** How many connections each may have. Jobs wait for Google more than for the database. */
const atMost = { pages: 10, jobs: 6, bulk: 2, locks: 10 } as const;

const clients = perProcess("database", () => new Map<keyof typeof atMost, PrismaClient>());

function clientOf(speaker: keyof typeof atMost): PrismaClient {
  const known = clients().get(speaker);
  if (known) return known;
  const opened = open(speaker, atMost[speaker]);
  clients().set(speaker, opened);
  return opened;
}

/** The process's Prisma client; within a job, the client of jobs. */
export const database = (): PrismaClient => clientOf(workNow() ?? "pages");

/**
 * A client of its own for transactions that hold a lock while Google is asked: a slow Google may use up these
 * connections, and never those that pages are read with.
 */
export const lockingDatabase = (): PrismaClient => clientOf("locks");

export async function closeDatabase(): Promise<void> {
  const opened = [...(clients.take()?.values() ?? [])];
  await Promise.all([...opened.map((client) => client.$disconnect()), closeHealth()]);
}
