import "server-only";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { perProcess } from "../domain/per-process.ts";
import { env } from "../env.ts";

/** Who of this process speaks to the database: PostgreSQL lists it as `application_name`. */
export type Speaker =
  | "pages"
  | "jobs"
  | "bulk"
  | "locks"
  | "queue"
  | "health"
  | "listen"
  | "workers"
  | "command";

/** How long PostgreSQL may say nothing before it counts as away. Pages wait no longer than people do. */
const patience = {
  pages: 10_000,
  health: 1_500,
  jobs: 60_000,
  /** A mailbox of a million takes a while to remove. */
  bulk: 600_000,
  locks: 60_000,
} as const;

export type Pooled = keyof typeof patience;

const connectTimeoutMs = 10_000;

/** Those that live as long as their connection does: they go past a pooler. */
const direct: ReadonlySet<Speaker> = new Set(["queue", "listen", "workers"]);

function addressFor(speaker: Speaker): string {
  const { DATABASE_URL, DATABASE_DIRECT_URL = DATABASE_URL } = env();
  return direct.has(speaker) ? DATABASE_DIRECT_URL : DATABASE_URL;
}

/** A statement with a name belongs to a connection: before 1.21 PgBouncer knows of none. */
export const mayPrepare = (): boolean => env().DATABASE_PREPARED === "on";

/** In transaction mode what is set for a session stays with a connection that others use next. */
export const maySetForSession = (): boolean => mayPrepare() && env().DATABASE_DIRECT_URL === undefined;

/** How every connection is made. */
export const connectionOptions = (speaker: Speaker) => ({
  connectionString: addressFor(speaker),
  application_name: `latchkey ${speaker}`,
  connectionTimeoutMillis: connectTimeoutMs,
  // What lies between may forget a connection on which nothing is said for long, and tells nobody.
  keepAlive: true,
  keepAliveInitialDelayMillis: 30_000,
});

/** The same as an address, for a library that takes nothing else. */
export function connectionAddress(speaker: Speaker): string {
  const url = new URL(addressFor(speaker));
  url.searchParams.set("application_name", `latchkey ${speaker}`);
  return url.href;
}

/** What a statement may take there: PostgreSQL ends it a little before we give it up. */
export const statementTimeoutMs = (pooled: Pooled): number => patience[pooled] - 500;

const pools = perProcess("pools", () => new Map<Pooled, pg.Pool>());

/** How many connections of each kind are busy and idle, and how many questions wait for one. */
export const poolUse = (): { pool: Pooled; busy: number; idle: number; waiting: number }[] =>
  [...pools()].map(([pool, { totalCount, idleCount, waitingCount }]) => ({
    pool,
    busy: totalCount - idleCount,
    idle: idleCount,
    waiting: waitingCount,
  }));

/**
 * A server that hangs says nothing at all, and keeps no timeout of its own. Whatever waits for it then fails, and the
 * connection is given up: another query on it would wait behind the first. To be called before anything is asked.
 */
export function giveUpWhenSilent(client: pg.ClientBase, pooled: Pooled): void {
  const socket = socketOf(client);
  socket.on("timeout", () => socket.destroy(new Error("the database has not answered in time")));
  socket.setTimeout(patience[pooled]);
}

/** The time runs while somebody uses a connection; nothing is asked of an idle one. */
export function timeEachUse(pool: pg.Pool, pooled: Pooled): void {
  pools().set(pooled, pool);
  pool.on("acquire", (client) => socketOf(client).setTimeout(patience[pooled]));
  pool.on("release", (_error, client) => socketOf(client).setTimeout(0));
}

/** A server that hangs does not say goodbye. */
const goodbye = (end: Promise<unknown>): Promise<unknown> => Promise.race([end.catch(() => {}), sleep(500)]);

/** Ends a connection, heard or unheard. */
export async function partFrom(client: pg.Client): Promise<void> {
  await goodbye(client.end());
  socketOf(client).destroy();
}

/** Ends a pool, heard or unheard. */
export async function partFromAll(pool: pg.Pool): Promise<void> {
  await goodbye(pool.end());
}

/** node-postgres has it there, and says so nowhere but in its code. */
const socketOf = (client: pg.ClientBase): Socket =>
  (client as unknown as { connection: { stream: Socket } }).connection.stream;
