import "server-only";
import { database } from "../db/client.ts";
import { log } from "../telemetry/log.ts";

/** Whether this instance can serve people: its database answers and knows our tables. */
export async function isReady(): Promise<boolean> {
  try {
    await database().account.findFirst({ select: { id: true } });
    return true;
  } catch (error) {
    log.error({ error: error instanceof Error ? error.name : "unknown" }, "the database does not answer");
    return false;
  }
}
