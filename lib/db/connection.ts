import "server-only";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { perProcess } from "../domain/per-process.ts";
import { env } from "../env.ts";

/** What a connection is for; PostgreSQL lists it as `application_name`. */
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

/** How long PostgreSQL may be silent, in ms, before a connection is given up. */
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

/** Connections whose state lives as long as they do (LISTEN, locks): they go past a pooler. */
const direct: ReadonlySet<Speaker> = new Set(["queue", "listen", "workers"]);

function addressFor(speaker: Speaker): string {
  const { DATABASE_URL, DATABASE_DIRECT_URL = DATABASE_URL } = env();
  return direct.has(speaker) ? DATABASE_DIRECT_URL : DATABASE_URL;
}

/** Whether statements may be prepared under a name. PgBouncer before 1.21 cannot hand such a statement on. */
export const mayPrepare = (): boolean => env().DATABASE_PREPARED === "on";

/**
 * Whether a session may have settings of its own. In a pooler's transaction mode they would stay with a connection that
 * others use next.
 */
export const maySetForSession = (): boolean => mayPrepare() && env().DATABASE_DIRECT_URL === undefined;

/** Options that every connection is made with. */
export const connectionOptions = (speaker: Speaker) => ({
  connectionString: addressFor(speaker),
  application_name: `latchkey ${speaker}`,
  connectionTimeoutMillis: connectTimeoutMs,
  // A firewall on the way may drop an idle connection without a word; probes find that out.
  keepAlive: true,
  keepAliveInitialDelayMillis: 30_000,
});

/** The options of {@link connectionOptions} as an address, for a library that takes nothing else. */
export function connectionAddress(speaker: Speaker): string {
  const url = new URL(addressFor(speaker));
  url.searchParams.set("application_name", `latchkey ${speaker}`);
  return url.href;
}

/** How long a statement may run, in ms: PostgreSQL ends it a little before its connection would be given up. */
export const statementTimeoutMs = (pooled: Pooled): number => patience[pooled] - 500;

const pools = perProcess("pools", () => new Map<Pooled, pg.Pool>());

/** How many connections of each pool are busy and idle, and how many queries wait for one. */
export const poolUse = (): { pool: Pooled; busy: number; idle: number; waiting: number }[] =>
  [...pools()].map(([pool, { totalCount, idleCount, waitingCount }]) => ({
    pool,
    busy: totalCount - idleCount,
    idle: idleCount,
    waiting: waitingCount,
  }));

/**
 * Gives a connection up when the server is silent for too long: whatever waits for it fails. A query's own timeout
 * would not do, since the next query on the connection would wait behind the first. To be called before any query.
 */
export function giveUpWhenSilent(client: pg.ClientBase, pooled: Pooled): void {
  const socket = socketOf(client);
  socket.on("timeout", () => socket.destroy(new Error("the database has not answered in time")));
  socket.setTimeout(patience[pooled]);
}

/** Runs the timer of {@link giveUpWhenSilent} while somebody uses a connection, and stops it for an idle one. */
export function timeEachUse(pool: pg.Pool, pooled: Pooled): void {
  pools().set(pooled, pool);
  pool.on("acquire", (client) => socketOf(client).setTimeout(patience[pooled]));
  pool.on("release", (_error, client) => socketOf(client).setTimeout(0));
}

/** Waits for a connection's end for a moment only: a server that hangs does not answer it. */
const goodbye = (end: Promise<unknown>): Promise<unknown> => Promise.race([end.catch(() => {}), sleep(500)]);

/** Ends a connection, whether the server answers or not. */
export async function partFrom(client: pg.Client): Promise<void> {
  await goodbye(client.end());
  socketOf(client).destroy();
}

/** Ends a pool, whether the server answers or not. */
export async function partFromAll(pool: pg.Pool): Promise<void> {
  await goodbye(pool.end());
}

/** node-postgres keeps the socket there, undocumented. */
const socketOf = (client: pg.ClientBase): Socket =>
  (client as unknown as { connection: { stream: Socket } }).connection.stream;
