/** What it costs to keep the copy of a mailbox in step that nobody reads and in which nothing happens. */
import { database } from "#lib/db/client.ts";
import type { AccountId } from "#lib/domain/mail.ts";
import { timeSlice } from "#lib/queue/mail-jobs.ts";
import { syncMailbox } from "#lib/use-cases/sync/sync-mailbox.ts";
import { connectFilled } from "./filled-person.ts";
import type { Finding } from "./measure.ts";
import type { Stage } from "./stage.ts";

const messages = 200;
const syncs = 20;
const dayMs = 24 * 3_600_000;
const wantedUnits = 200;
/** The queue looks this often for what is due. */
const laterMs = 2_000;

export async function measureUpkeep(stage: Stage): Promise<Finding> {
  const { accountId } = await connectFilled(stage, messages);
  await syncOnce(stage, accountId);
  const played = [];
  for (let done = 0; done < syncs; done += 1) played.push(await syncOnce(stage, accountId));
  const units = Math.max(...played.map((one) => one.units));
  const [soonestMs, latestMs] = [
    Math.min(...played.map((one) => one.dueInMs)),
    Math.max(...played.map((one) => one.dueInMs)),
  ];
  const dayAgo = new Date(Date.now() - dayMs);
  const withDaily = async (data: { labelsAt?: Date; watchAskedAt?: Date }) => {
    await database().copyHead.update({ where: { accountId }, data });
    return (await syncOnce(stage, accountId)).units - units;
  };
  const labels = await withDaily({ labelsAt: dayAgo });
  const watch = await withDaily({ watchAskedAt: dayAgo });
  const syncsADay = Math.ceil(dayMs / soonestMs);
  const aDay = units * syncsADay + labels + watch;
  const leastMinutes = (latestMs + laterMs) / 60_000;
  return {
    measures: [
      {
        name: "upkeep",
        what: `units a day for an idle mailbox: ${units} a sync, ${syncsADay} syncs at most, ${labels} for its labels, ${watch} for its watch`,
        against: "8640000 that Google gives a user a day",
        wanted: `at most ${wantedUnits}`,
        measured: String(aDay),
        met: aDay <= wantedUnits,
      },
      {
        name: "upkeep",
        what: "the longest that an idle mailbox waits for its turn",
        against: "–",
        wanted: "at most 15 min",
        measured: `${leastMinutes.toFixed(1)} min`,
        met: leastMinutes <= 15,
      },
    ],
    notes: [
      `Upkeep: ${syncs} syncs of an unchanged mailbox, each due again in ${(soonestMs / 60_000).toFixed(1)} to ${(latestMs / 60_000).toFixed(1)} min; a day is counted with the shortest.`,
    ],
  };
}

async function syncOnce({ google }: Stage, accountId: AccountId) {
  await google.resetCounters();
  while (!(await syncMailbox(accountId, timeSlice(60_000, new AbortController().signal))).done);
  const { dueAt } = await database().copyHead.findUniqueOrThrow({ where: { accountId } });
  return { units: (await google.counters()).quotaUnits, dueInMs: dueAt.getTime() - Date.now() };
}
