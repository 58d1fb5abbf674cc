/** Ten searches in a minute while a mailbox fills at Google's own limit: how long until each first page has all its rows. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "#dev/database.ts";
import { startLatchkey } from "#dev/latchkey.ts";
import { database } from "#lib/db/client.ts";
import type { Finding } from "./measure.ts";
import { median } from "./median.ts";
import { type ConnectedPerson, connectPerson } from "./person.ts";
import { letOthersRest } from "./quiet-stage.ts";
import { directory, type Stage } from "./stage.ts";

const messages = 4_000;
const unitsPerMinute = 6_000;
const everyMs = 6_000;
const wantedMs = 5_000;
const givenUpMs = 60_000;

/** Ten things that people in this mailbox write about, each in one of twenty messages: hardly a row is found twice. */
const queries = [
  "subject:ridge",
  "subject:grant",
  "subject:moves",
  "subject:proposal",
  "subject:dinner",
  "subject:allotment",
  "subject:parcel",
  "subject:essays",
  "subject:electricity",
  "subject:invoice",
];

interface Search {
  /** Rows that were not here when the page came first. */
  readonly missing: number;
  readonly rows: number;
  readonly wholeMs: number;
}

export async function measureSearchWhileFilling(stage: Stage): Promise<Finding> {
  const findings: Finding[] = [];
  // Half of these rows are here after two minutes; after four, all but a few.
  for (const filled of [500, 1_000]) findings.push(await measureFrom(stage, filled));
  return {
    measures: findings.flatMap(({ measures }) => measures),
    notes: findings.flatMap(({ notes }) => notes),
  };
}

/** @param filled how many messages are in the copy when the first search is made */
async function measureFrom(stage: Stage, filled: number): Promise<Finding> {
  await letOthersRest();
  await stage.google.quota({ on: true, unitsPerUserPerMinute: unitsPerMinute });
  const env = {
    ...stage.environmentFor(await freePort()),
    QUOTA_UNITS_PER_MINUTE: String(unitsPerMinute),
  };
  const latchkey = await startLatchkey({ env, logFile: join(directory, "latchkey.log") });
  try {
    const person = await connectPerson(stage.google, messages);
    await stage.google.resetQuota();
    await readPage(latchkey.url, person, "");
    await untilFilled(person, filled);
    await stage.google.resetCounters();
    const searches = await Promise.all(
      queries.map(async (query, index) => {
        await sleep(index * everyMs);
        return search(latchkey.url, person, query);
      }),
    );
    const { answers } = await stage.google.counters();
    const refused = Object.entries(answers).flatMap(([name, times]) =>
      / (429|403)$/.test(name) ? times : [],
    );
    return judged(
      filled,
      searches,
      refused.reduce((sum, times) => sum + times, 0),
    );
  } finally {
    await latchkey.stop();
  }
}

async function untilFilled({ accountId }: ConnectedPerson, filled: number): Promise<void> {
  for (;;) {
    const head = await database().copyHead.findUnique({ where: { accountId } });
    if (head && head.messages >= filled) return;
    await sleep(200);
  }
}

async function search(url: string, person: ConnectedPerson, query: string): Promise<Search> {
  const startedMs = performance.now();
  const first = await readPage(url, person, query);
  for (let page = first; ; page = await readPage(url, person, query)) {
    const wholeMs = performance.now() - startedMs;
    if (page.missing === 0) return { ...first, wholeMs };
    if (wholeMs > givenUpMs) return { ...first, wholeMs: Number.POSITIVE_INFINITY };
    // An open page is told when rows have come; this one looks.
    await sleep(250);
  }
}

async function readPage(url: string, { accountId, cookies }: ConnectedPerson, query: string) {
  const list = query ? `all?${new URLSearchParams({ q: query })}` : "inbox";
  const answer = await fetch(`${url}/mail/${accountId}/${list}`, {
    headers: { Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") },
    redirect: "error",
  });
  const markup = await answer.text();
  if (!answer.ok) throw new Error(`The page answered ${answer.status}.`);
  const here = new Set(markup.match(new RegExp(`href="/mail/${accountId}/message/[^"]+"`, "g"))).size;
  const missing = Number(/(\d+) messages? (?:is|are) on the way/.exec(markup)?.[1] ?? 0);
  if (here + missing === 0) throw new Error(`Nothing was found for ${query}.`);
  return { rows: here + missing, missing };
}

function judged(filled: number, searches: readonly Search[], refused: number): Finding {
  const times = searches.map(({ wholeMs }) => wholeMs);
  const [missing, rows] = [sumOf(searches, "missing"), sumOf(searches, "rows")];
  const inTime = times.filter((ms) => ms <= wantedMs).length;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  // What a minute has room for, when filling has just used three quarters of it.
  const room = Math.floor((unitsPerMinute - queries.length * 5) / 20);
  return {
    measures: [
      {
        name: "search while filling",
        what: `${queries.length} searches a minute, the first at ${filled} of ${messages} messages, ${unitsPerMinute} units a minute: first pages whole within ${wantedMs / 1000} s`,
        against: `${missing} of ${rows} rows were not in the first answer; a minute has room for ${room}`,
        wanted: missing > room ? "– (beyond the quota)" : `${queries.length}`,
        measured: `${inTime} (${Math.round((100 * inTime) / queries.length)} %): median ${seconds(median(times))}, worst ${seconds(Math.max(...times))}`,
        met: missing > room ? null : inTime === queries.length,
      },
      {
        name: "search while filling",
        what: "calls that Google refused meanwhile (429 and 403)",
        against: "–",
        wanted: "0",
        measured: String(refused),
        met: refused === 0,
      },
    ],
    notes: [
      `Search while filling, from ${filled} messages on: missing at first and seconds until whole: ${searches.map((one) => `${one.missing}/${one.rows} ${seconds(one.wholeMs)}`).join(", ")}.`,
    ],
  };
}

const sumOf = (searches: readonly Search[], of: "missing" | "rows"): number =>
  searches.reduce((sum, one) => sum + one[of], 0);
