import "server-only";
import { database } from "../../db/client.ts";

/**
 * Counts once a minute, in a job, what would otherwise be counted in tables for each reader of the metrics: they then
 * read some dozen rows, however often and at however many instances.
 */
export async function rollUp(): Promise<void> {
  await database().$executeRaw`
    INSERT INTO "RollUp" AS known ("name", "label", "value", "at")
    SELECT *, now() FROM (
      SELECT 'accounts', lower(state::text), count(*)::double precision FROM "Account" GROUP BY 2
      UNION ALL
      SELECT 'copies', CASE WHEN m."filledAt" IS NULL THEN 'filling' ELSE 'whole' END, count(*)
        FROM "Mirror" m GROUP BY 2
      UNION ALL
      SELECT 'copy_lag_seconds', of.name, coalesce(percentile_cont(of.part) WITHIN GROUP (
          ORDER BY greatest(0, extract(epoch FROM now() - m."syncedAt"))), 0)
        FROM (VALUES ('median', 0.5::float8), ('most', 1)) AS of(name, part)
        LEFT JOIN ("Mirror" m JOIN "Account" a ON a.id = m."accountId" AND a.state = 'ACTIVE') ON true
        GROUP BY of.name, of.part
      UNION ALL
      SELECT 'messages_aside', '', count(*) FROM "FailedMessage" WHERE tries >= 5
      UNION ALL
      SELECT 'jobs', task_identifier || ' ' || CASE
          WHEN attempts >= max_attempts THEN 'failed'
          WHEN locked_by IS NOT NULL THEN 'running'
          WHEN run_at <= now() THEN 'due'
          ELSE 'later' END, count(*)
        FROM graphile_worker.jobs GROUP BY 2
      UNION ALL
      SELECT 'oldest_due_job_seconds', '', coalesce(extract(epoch FROM now() - min(run_at)), 0)
        FROM graphile_worker.jobs WHERE run_at <= now() AND locked_by IS NULL AND attempts < max_attempts
    ) AS counted ("name", "label", "value")
    ON CONFLICT ("name", "label") DO UPDATE SET "value" = EXCLUDED."value", "at" = EXCLUDED."at"`;
  // What was not counted this time is none.
  await database().$executeRaw`DELETE FROM "RollUp" WHERE "at" < now() - interval '30 seconds'`;
}
