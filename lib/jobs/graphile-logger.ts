import "server-only";
import { Logger } from "graphile-worker";
import { log } from "../telemetry/log.ts";

/** graphile-worker writes a line for every job at its "info", which is our "debug". */
const levels = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;

/** graphile-worker's lines in the process's own log. */
export const graphileLogger = new Logger(
  () => (level, message) => log[levels[level]]({ event: "queue.written" }, message),
);
