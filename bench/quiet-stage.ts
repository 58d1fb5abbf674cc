import { database } from "#lib/db/client.ts";

/** Whoever was connected for another part has no work in the queue any more, and gets none. */
export async function letOthersRest(): Promise<void> {
  await database().account.updateMany({ where: { state: "ACTIVE" }, data: { state: "SUSPENDED" } });
  await database().$executeRaw`
    SELECT graphile_worker.remove_job(task || ':' || "id")
    FROM "Account", unnest(ARRAY['sync-mailbox', 'fill-mailbox', 'show-rows']) AS task`;
}
