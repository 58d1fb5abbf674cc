/** The inbox of a person whose copy is whole: what it asks of Google, and how it compares with other ways and with the floor. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "#dev/database.ts";
import { type RunningLatchkey, startLatchkey } from "#dev/latchkey.ts";
import { connectFilled } from "./filled-person.ts";
import { mailboxSize, pageSize } from "./first-page-round.ts";
import { startFloorApp } from "./floor-app.ts";
import { readFirstPage } from "./guide-way.ts";
import type { Finding, Measure } from "./measure.ts";
import { median, percentile } from "./median.ts";
import { rowsOf, timeInbox } from "./page-clock.ts";
import { type ConnectedPerson, connectPerson } from "./person.ts";
import { directory, type Stage } from "./stage.ts";
import { readThreads } from "./threads-way.ts";

const latencyMs = 60;
const requests = 60;
const warmUps = 20;
/** The other ways take seconds. */
const slowRequests = 5;
/** What a page may leave for later would have begun by then. */
const followedByMs = 1_000;

/** Latchkey's instance serves alone, so that what is counted is what the request itself asks. */
export async function measureWarm(stage: Stage): Promise<Finding> {
  const env = { ...stage.environmentFor(await freePort()), WORKER_CONCURRENCY: "0" };
  const person = await connectFilled(stage, mailboxSize);
  const floor = await startFloorApp(stage, [person]);
  const latchkey = await startLatchkey({ env, logFile: join(directory, "latchkey.log") });
  try {
    await stage.google.fault({ kind: "slow", target: "gmail", latencyMs });
    const timed = await timeSideBySide(latchkey, floor, person);
    const same = await compare(latchkey, floor, person);
    const others = await timeOthers(stage, latchkey, person);
    const spent = await count(stage, () => timeInbox(latchkey.url, person));
    return {
      measures: [...quota(spent, others), ...speed(timed, others)],
      notes: [
        `Warm: an inbox of ${mailboxSize} messages; ${requests} requests after ${warmUps} to warm up, Latchkey's and the floor's in turn, on one kept connection each. The floor showed the same ${same.rows} rows, and its page is ${(100 * same.ratio).toFixed(1)} % as long.`,
      ],
    };
  } finally {
    await stage.google.clearFaults();
    await latchkey.stop();
    await floor.stop();
  }
}

/** @throws Error when the floor's page is another one */
async function compare(latchkey: RunningLatchkey, floor: RunningLatchkey, person: ConnectedPerson) {
  const [ours, floors] = await Promise.all(
    [latchkey, floor].map(async ({ url }) => rowsOf(await timeInbox(url, person), person)),
  );
  if (!ours || !floors || ours.ids.length !== pageSize || String(ours.ids) !== String(floors.ids)) {
    throw new Error(`The floor shows other rows: ${floors?.ids.length}, not ${ours?.ids.length}.`);
  }
  const ratio = floors.characters / ours.characters;
  if (Math.abs(ratio - 1) > 0.02) throw new Error(`The floor's page is ${ratio} times as long.`);
  return { rows: ours.ids.length, ratio };
}

interface Timed {
  readonly ours: readonly number[];
  readonly floors: readonly number[];
}

async function timeSideBySide(
  latchkey: RunningLatchkey,
  floor: RunningLatchkey,
  person: ConnectedPerson,
): Promise<Timed> {
  const [ours, floors]: [number[], number[]] = [[], []];
  for (let done = 0; done < warmUps + requests; done += 1) {
    const { ms: ourMs } = await timeInbox(latchkey.url, person);
    const { ms: floorMs } = await timeInbox(floor.url, person);
    if (done < warmUps) continue;
    ours.push(ourMs);
    floors.push(floorMs);
  }
  return { ours, floors };
}

interface Spent {
  readonly ms: number;
  readonly calls: number;
  readonly units: number;
}

async function count(stage: Stage, read: () => Promise<unknown>): Promise<Spent> {
  await stage.google.resetCounters();
  await stage.takeWireCalls();
  const startedMs = performance.now();
  await read();
  const ms = performance.now() - startedMs;
  await sleep(followedByMs);
  const { quotaUnits: units } = await stage.google.counters();
  return { ms, calls: (await stage.takeWireCalls()).length, units };
}

interface Others {
  readonly guide: readonly Spent[];
  readonly threads: readonly Spent[];
  readonly cold: readonly Spent[];
}

/** Google counts a minute's units: every request of these is another person's. */
async function timeOthers(stage: Stage, { url }: RunningLatchkey, warm: ConnectedPerson): Promise<Others> {
  const options = (accessToken: string) => ({
    rootUrl: `${stage.google.url}/`,
    accessToken,
    count: pageSize,
  });
  const { guide, threads, cold }: Record<keyof Others, Spent[]> = { guide: [], threads: [], cold: [] };
  for (let done = 0; done < slowRequests; done += 1) {
    const { accessToken } = done === 0 ? warm : await connectPerson(stage.google, mailboxSize);
    guide.push(await count(stage, () => readFirstPage(options(accessToken))));
    threads.push(await count(stage, () => readThreads(options(accessToken))));
    const stranger = await connectPerson(stage.google, mailboxSize);
    cold.push(await count(stage, () => timeInbox(url, stranger)));
  }
  return { guide, threads, cold };
}

function quota({ calls, units }: Spent, others: Others): Measure[] {
  const [guide, threads] = [others.guide[0], others.threads[0]];
  return [
    {
      name: "warm page: Google",
      what: "calls and units for the inbox over HTTP",
      against: `${guide?.calls} and ${guide?.units} (the guide's way); ${threads?.calls} and ${threads?.units} (Inbox Zero's)`,
      wanted: "0 calls, 0 units",
      measured: `${calls} calls, ${units} units`,
      met: calls === 0 && units === 0,
    },
  ];
}

const two = (values: readonly number[]): string =>
  `p50 ${percentile(values, 0.5).toFixed(1)} ms, p95 ${percentile(values, 0.95).toFixed(1)} ms`;

function speed({ ours, floors }: Timed, others: Others): Measure[] {
  const common = { name: "warm page: speed", what: "the inbox over HTTP, to the last byte" };
  const p50 = percentile(ours, 0.5);
  const against = (name: string, spent: readonly Spent[], least: number | null): Measure => {
    const theirs = spent.map(({ ms }) => ms);
    const ratio = median(theirs) / p50;
    return {
      ...common,
      against: `${two(theirs)} (${name})`,
      wanted: least === null ? "–" : `at least ${least} times faster`,
      measured: `${ratio.toFixed(0)}×: ${two(ours)}`,
      met: least === null ? null : ratio >= least,
    };
  };
  const above = p50 / percentile(floors, 0.5);
  return [
    against(`the guide's way, ${latencyMs} ms a call`, others.guide, 50),
    against(`Inbox Zero's way, ${latencyMs} ms a call`, others.threads, null),
    against("the same page, cold", others.cold, null),
    {
      ...common,
      name: "warm page: floor",
      against: `${two(floors)} (the same page from rows in memory)`,
      wanted: "p50 at most 1.5 times the floor's",
      measured: `${above.toFixed(2)}×: ${two(ours)}`,
      met: above <= 1.5,
    },
  ];
}
