/** Many readers at once: pages a second of one instance beside the floor's, how long the slowest wait, and its memory. */
import { join } from "node:path";
import { freePort } from "#dev/database.ts";
import { type RunningLatchkey, startLatchkey } from "#dev/latchkey.ts";
import { connectFilled } from "./filled-person.ts";
import { startFloorApp } from "./floor-app.ts";
import type { Finding } from "./measure.ts";
import { median, percentile, spread } from "./median.ts";
import type { ConnectedPerson } from "./person.ts";
import type { PagesRead, ReadersAnswer, ReadersOrder } from "./readers.worker.ts";
import { sampleResident } from "./resident.ts";
import { directory, type Stage } from "./stage.ts";
import { startWorker, type Worker } from "./worker.ts";

const people = 8;
const messagesEach = 400;
const readers = 32;
const rounds = 3;
const roundMs = 10_000;
const warmUpMs = 5_000;
/** "Flat over five minutes" takes five minutes; without LATCHKEY_LONG=1 there are thirty seconds. */
const memoryMs = process.env.LATCHKEY_LONG === "1" ? 300_000 : 30_000;

export async function measureLoad(stage: Stage): Promise<Finding> {
  const persons: ConnectedPerson[] = [];
  while (persons.length < people) persons.push(await connectFilled(stage, messagesEach));
  const env = { ...stage.environmentFor(await freePort()), WORKER_CONCURRENCY: "0" };
  const floor = await startFloorApp(stage, persons);
  const latchkey = await startLatchkey({ env, logFile: join(directory, "latchkey.log") });
  const client = await startWorker("readers.worker.ts");
  try {
    const readFor = (forMs: number, { url }: RunningLatchkey) =>
      read(client, { url, persons, readers, forMs });
    for (const app of [floor, latchkey]) await readFor(warmUpMs, app);
    const played: Round[] = [];
    for (let done = 0; done < rounds; done += 1) {
      played.push({ floor: await readFor(roundMs, floor), ours: await readFor(roundMs, latchkey) });
    }
    const resident = await sampleResident(latchkey, readFor(memoryMs, latchkey));
    return findingOf(played, resident);
  } finally {
    await client.end();
    await latchkey.stop();
    await floor.stop();
  }
}

interface Round {
  readonly floor: PagesRead;
  readonly ours: PagesRead;
}

async function read(client: Worker, order: ReadersOrder): Promise<PagesRead> {
  const answer = (await client.ask(order)) as ReadersAnswer;
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer;
}

const perSecond = ({ ms, pagesMs }: PagesRead): number => (pagesMs.length / ms) * 1_000;

function findingOf(played: readonly Round[], resident: readonly number[]): Finding {
  const shares = played.map(({ floor, ours }) => (100 * perSecond(ours)) / perSecond(floor));
  const pagesMs = played.flatMap(({ ours }) => ours.pagesMs);
  const [p50, p99] = [percentile(pagesMs, 0.5), percentile(pagesMs, 0.99)];
  const floorMs = played.flatMap(({ floor }) => floor.pagesMs);
  const third = Math.ceil(resident.length / 3);
  const [first, last] = [median(resident.slice(0, third)), median(resident.slice(-third))];
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  const rates = (of: keyof Round) =>
    spread(
      played.map((round) => perSecond(round[of])),
      " pages/s",
    );
  return {
    measures: [
      {
        name: "load: pages",
        what: `warm inboxes of one instance, ${readers} readers at once`,
        against: `${rates("floor")}, the same from rows in memory`,
        wanted: "at least 65 % of the floor's",
        measured: `${spread(shares, " %")}: ${rates("ours")}`,
        met: median(shares) >= 65,
      },
      {
        name: "load: the slowest",
        what: `p99 of these pages, ${readers} readers at once`,
        against: `p50 ${percentile(floorMs, 0.5).toFixed(0)} ms, p99 ${percentile(floorMs, 0.99).toFixed(0)} ms (the floor)`,
        wanted: "at most 10 times the p50",
        measured: `${(p99 / p50).toFixed(1)}×: p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
        met: p99 <= 10 * p50,
      },
      {
        name: "load: memory",
        what: `the instance's, the last third of ${memoryMs / 1_000} s of this`,
        against: `${megabytes(first)} (the first third)`,
        wanted: "at most a tenth more",
        measured: `${megabytes(last)}, ${megabytes(Math.max(...resident))} at most`,
        met: last <= 1.1 * first,
      },
    ],
    notes: [
      `Load: ${people} people with ${messagesEach} messages each, ${rounds} rounds of ${roundMs / 1_000} s for the floor and for Latchkey in turn, after ${warmUpMs / 1_000} s each to warm up. Readers, server and PostgreSQL share the machine.`,
    ],
  };
}
