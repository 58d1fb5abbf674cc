/** From a message's delivery at Google until an open page is told of it, and has it when it asks again. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "#dev/database.ts";
import { startLatchkey } from "#dev/latchkey.ts";
import { localPush, pushEnvironment } from "#dev/local-environment.ts";
import { database } from "#lib/db/client.ts";
import { connectFilled } from "./filled-person.ts";
import type { Finding, Measure } from "./measure.ts";
import { spread } from "./median.ts";
import { type OpenPage, openPage } from "./open-page.ts";
import { rowsOf, timeInbox } from "./page-clock.ts";
import type { ConnectedPerson } from "./person.ts";
import { letOthersRest } from "./quiet-stage.ts";
import { directory, type Stage } from "./stage.ts";

const messages = 200;
const tries = 3;
const givenUpMs = 90_000;

interface Way {
  readonly name: string;
  readonly withinMs: number;
  readonly env: Readonly<Record<string, string>>;
  /** Of Google, while this way is measured. */
  readonly endpoint: (url: string) => string | null;
}

const ways: readonly Way[] = [
  { name: "without push", withinMs: 35_000, env: {}, endpoint: () => null },
  {
    name: "with push",
    withinMs: 2_000,
    env: pushEnvironment,
    endpoint: (url) => `${url}/api/google/push`,
  },
];

export async function measureArrival(stage: Stage): Promise<Finding> {
  const measures: Measure[] = [];
  for (const way of ways) measures.push(await measureWay(stage, way));
  return { measures, notes: [] };
}

async function measureWay(stage: Stage, way: Way): Promise<Measure> {
  await letOthersRest();
  const person = await connectFilled(stage, messages);
  const env = { ...stage.environmentFor(await freePort()), ...way.env };
  const latchkey = await startLatchkey({ env, logFile: join(directory, "latchkey.log") });
  try {
    const { audience, serviceAccount } = localPush;
    await stage.google.push({ endpoint: way.endpoint(latchkey.url), audience, serviceAccount });
    const page = await openPage(latchkey.url, person);
    await untilFollowed(person, way.endpoint(latchkey.url) !== null);
    const timesMs: number[] = [];
    for (let done = 0; done < tries; done += 1) {
      timesMs.push(await deliverOne(stage, latchkey.url, person, page));
      // Not always at the same moment of the page's own rhythm.
      await sleep(3_000 + done * 4_000);
    }
    page.close();
    return judged(way, timesMs);
  } finally {
    await stage.google.push({ endpoint: null });
    await latchkey.stop();
  }
}

/** Until the copy has been brought into step once, and Google was asked to notify where that is wanted. */
async function untilFollowed({ accountId }: ConnectedPerson, watched: boolean): Promise<void> {
  const startedAt = new Date();
  for (;;) {
    const head = await database().copyHead.findUniqueOrThrow({ where: { accountId } });
    if (head.syncedAt > startedAt && (!watched || head.watchAskedAt)) return;
    if (Date.now() - startedAt.getTime() > givenUpMs) throw new Error("Nobody follows the mailbox.");
    await sleep(100);
  }
}

/** Infinity when the page is not told in time. */
async function deliverOne({ google }: Stage, url: string, person: ConnectedPerson, page: OpenPage) {
  const arrival = page.nextArrival();
  const startedMs = performance.now();
  const { id } = await google.deliver(person.email, {});
  const tooLate = new AbortController();
  const late = sleep(givenUpMs, "late", { signal: tooLate.signal }).catch(() => "late");
  if ((await Promise.race([arrival, late])) === "late") return Number.POSITIVE_INFINITY;
  tooLate.abort();
  const { ids } = rowsOf(await timeInbox(url, person), person);
  if (!ids.includes(id)) throw new Error("The page was told of a message, and does not have it.");
  return performance.now() - startedMs;
}

function judged({ name, withinMs }: Way, timesMs: readonly number[]): Measure {
  const slowest = Math.max(...timesMs);
  return {
    name: "arrival",
    what: `a new message until an open page is told and the inbox has it, ${name}`,
    against: "–",
    wanted: `within ${withinMs / 1_000} s, each of ${tries} times`,
    measured: Number.isFinite(slowest)
      ? spread(
          timesMs.map((ms) => ms / 1_000),
          " s",
          1,
        )
      : `not within ${givenUpMs / 1_000} s`,
    met: slowest <= withinMs,
  };
}
