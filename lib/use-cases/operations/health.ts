import "server-only";
import { missingMigrations } from "../../db/schema-state.ts";
import { abortable } from "../../domain/abortable.ts";
import { instance } from "../../telemetry/instance.ts";
import { log, messageOf } from "../../telemetry/log.ts";

/** What a load balancer is told; people are to be sent here only while it is `ok`. */
export type Health = "ok" | "ending" | "database-unreachable" | "migrations-missing" | "worker-stopped";

const deadlineMs = 1_800;

/** Whether this instance can serve people, and if not, why. Answers within two seconds. */
export async function readHealth(): Promise<Health> {
  if (instance().ending.signal.aborted) return "ending";
  try {
    const missing = await abortable(missingMigrations(), AbortSignal.timeout(deadlineMs));
    if (missing.length > 0) return "migrations-missing";
  } catch (error) {
    log.error({ event: "database.unreachable", error: messageOf(error) }, "the database does not answer");
    return "database-unreachable";
  }
  return instance().worker === "stopped" ? "worker-stopped" : "ok";
}
