import "server-only";
import { database } from "../db/client.ts";

/** Puts a job without a payload into the queue; one that waits there already is enough. */
export async function enqueueOnce(task: string): Promise<void> {
  await database().$executeRaw`SELECT graphile_worker.add_job(${task}, job_key := ${task})`;
}
