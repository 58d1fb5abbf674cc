import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { log, messageOf } from "../telemetry/log.ts";
import { connectionOptions, partFrom, type Speaker } from "./connection.ts";

const againAfterMs = 1_000;
const heartbeatMs = 20_000;
const answerMs = 10_000;

export interface ReconnectingConnection {
  /** The connection, or null while there is none. */
  current(): pg.Client | null;
  close(): Promise<void>;
}

/**
 * A connection outside of the pools, for what lives as long as a connection does (LISTEN, a session's locks). When it is
 * lost, another is made, and `begin` is called with it again.
 */
export function connectForever(
  speaker: Speaker,
  begin: (client: pg.Client) => Promise<void>,
): ReconnectingConnection {
  const ending = new AbortController();
  const ended = aborted(ending.signal);
  const state: { client: pg.Client | null } = { client: null };

  async function connect(): Promise<void> {
    while (!ending.signal.aborted) {
      const client = new pg.Client({ ...connectionOptions(speaker), query_timeout: answerMs });
      const lost = new Promise<void>((resolve) => {
        client.once("error", () => resolve());
        client.once("end", () => resolve());
      });
      try {
        await client.connect();
        state.client = client;
        await Promise.race([begin(client), lost, ended]);
        await Promise.race([lost, failed(client), ended]);
      } catch (error) {
        log.warn(
          { event: "database.connection.lost", error: messageOf(error) },
          "a database connection failed",
        );
      }
      state.client = null;
      client.on("error", () => {}); // It is given up.
      await partFrom(client);
      // An abort ends the wait and then the loop.
      await sleep(againAfterMs, undefined, { signal: ending.signal }).catch(() => {});
    }
  }

  const running = connect();
  return {
    current: () => state.client,
    close: async () => {
      ending.abort();
      await running;
    },
  };
}

/**
 * Resolves when the server does not answer any more. It is asked from time to time, since one that vanishes says
 * nothing.
 */
async function failed(client: pg.Client): Promise<void> {
  for (;;) {
    await sleep(heartbeatMs, undefined, { ref: false });
    try {
      await client.query("SELECT 1");
    } catch {
      return; // Another connection is made.
    }
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
