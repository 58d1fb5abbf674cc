/** How much of an account's quota the queue uses while it fills a copy, and whether Google ever has to refuse. */
import { setTimeout as sleep } from "node:timers/promises";
import { database } from "#lib/db/client.ts";
import type { AccountId } from "#lib/domain/mail.ts";
import type { Finding } from "./measure.ts";
import { median } from "./median.ts";
import { connectPerson } from "./person.ts";
import { letOthersRest } from "./quiet-stage.ts";
import type { Stage } from "./stage.ts";
import { startWorker } from "./worker.ts";

const messages = 10_000;
/** Google's own limit takes 35 minutes; without LATCHKEY_LONG=1 it is ten times that, at Google and here alike. */
const unitsPerMinute = process.env.LATCHKEY_LONG === "1" ? 6_000 : 60_000;
/** What lib/use-cases/google/quota.ts leaves a job while nobody reads. */
const allowed = Math.floor(unitsPerMinute * 0.99);
const minuteMs = 60_000;
const lookEveryMs = 200;

/** Units that Google had counted by then. */
interface Look {
  readonly atMs: number;
  readonly units: number;
}

export async function measureFillQuota(stage: Stage): Promise<Finding> {
  await letOthersRest();
  const { unitsPerUserPerMinute } = await stage.google.quota({});
  await stage.google.quota({ on: true, unitsPerUserPerMinute: unitsPerMinute });
  const env = { ...stage.environmentFor(1), QUOTA_UNITS_PER_MINUTE: String(unitsPerMinute) };
  const worker = await startWorker("queue.worker.ts", env);
  try {
    const { accountId } = await connectPerson(stage.google, messages);
    await stage.google.resetQuota();
    await stage.google.resetCounters();
    const looks = await lookUntilFilled(stage, accountId);
    const { answers } = await stage.google.counters();
    const refused = Object.entries(answers).filter(([name]) => / (429|403)$/.test(name));
    return findingOf(
      looks,
      refused.reduce((sum, [, times]) => sum + times, 0),
    );
  } finally {
    await worker.end();
    await stage.google.quota({ unitsPerUserPerMinute });
  }
}

async function lookUntilFilled(stage: Stage, accountId: AccountId): Promise<Look[]> {
  const looks: Look[] = [];
  for (;;) {
    const head = await database().copyHead.findUnique({ where: { accountId } });
    looks.push({ atMs: performance.now(), units: (await stage.google.counters()).quotaUnits });
    if (head?.filledAt && head.messages === messages) return looks;
    await sleep(lookEveryMs);
  }
}

/** Whole minutes from the first batch on: what is spent in each. What follows the last whole one is no minute. */
function wholeMinutes(looks: readonly Look[]): number[] {
  // The copy is begun with a few units, seconds before the filling has its turn.
  const first = looks.find(({ units }) => units > 100);
  const last = looks.at(-1);
  if (!first || !last) throw new Error("Nothing was spent.");
  const startMs = first.atMs - lookEveryMs;
  const by = (ms: number) => looks.findLast(({ atMs }) => atMs <= ms)?.units ?? 0;
  const minutes = Math.floor((last.atMs - startMs) / minuteMs);
  return Array.from(
    { length: minutes },
    (_, minute) => by(startMs + (minute + 1) * minuteMs) - by(startMs + minute * minuteMs),
  );
}

function findingOf(looks: readonly Look[], refused: number): Finding {
  const minutes = wholeMinutes(looks);
  const sum = minutes.reduce((before, units) => before + units, 0);
  const share = (units: number, of: number) => (100 * units) / of;
  const used = share(sum, allowed * minutes.length);
  const ofLimit = share(sum, unitsPerMinute * minutes.length);
  return {
    measures: [
      {
        name: "fill: quota",
        what: `${messages} messages through the queue at ${unitsPerMinute} units a minute, nobody reading: units used`,
        against: `${allowed} a minute that jobs may use`,
        wanted: "at least 97 % of Google's limit",
        measured: `${ofLimit.toFixed(1)} % of Google's limit in ${minutes.length} whole minutes (${used.toFixed(1)} % of what jobs may use)`,
        met: ofLimit >= 97,
      },
      {
        name: "fill: quota",
        what: "calls that Google refused meanwhile (429 and 403)",
        against: "–",
        wanted: "0",
        measured: String(refused),
        met: refused === 0,
      },
    ],
    notes: [
      `Fill: units by Google's count in each whole minute since the first batch: ${minutes.join(", ")}, median ${median(minutes)}. They are spread over the minute; the last, partial one is left out.`,
    ],
  };
}
