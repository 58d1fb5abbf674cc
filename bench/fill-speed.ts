/** How fast a process fills a copy when no quota holds it back, and how much memory that takes. */
import { database } from "#lib/db/client.ts";
import type { AccountId } from "#lib/domain/mail.ts";
import type { FillAnswer, Filled, FillOrder } from "./fill.worker.ts";
import type { Finding } from "./measure.ts";
import { type ConnectedPerson, connectPerson } from "./person.ts";
import type { Stage } from "./stage.ts";
import { underWayMs, type WireCall } from "./wire-log.ts";
import { startWorker } from "./worker.ts";

const messages = 50_000;
/** As many jobs as a process works on side by side, unless told otherwise: see WORKER_CONCURRENCY. */
const sideBySide = 2;
const wantedPerSecond = 1_500;
const wantedBytes = 350_000_000;

export async function measureFillSpeed(stage: Stage): Promise<Finding> {
  await stage.google.quota({ on: false });
  // The local Google takes its time for a batch, as Google does; here it is to be no part of what is measured.
  const { batchMs } = await stage.google.settings({});
  await stage.google.settings({ batchMs: 0 });
  try {
    const alone = await fillIn(stage, [await connectPerson(stage.google, messages)]);
    const persons = await Promise.all(
      Array.from({ length: sideBySide }, () => connectPerson(stage.google, messages / sideBySide)),
    );
    return findingOf(alone, await fillIn(stage, persons));
  } finally {
    await stage.google.settings({ batchMs });
    await stage.google.quota({ on: true });
  }
}

interface FillRun extends Filled {
  /** How long a call of this process was under way at Google. */
  readonly atGoogleMs: number;
}

/** In a process of its own. @throws Error when the copies are not whole then */
async function fillIn(stage: Stage, persons: readonly ConnectedPerson[]): Promise<FillRun> {
  const env = { ...stage.environmentFor(1), QUOTA_UNITS_PER_MINUTE: "1000000000" };
  const worker = await startWorker("fill.worker.ts", env);
  try {
    await stage.takeWireCalls();
    const order: FillOrder = { accountIds: persons.map(({ accountId }) => accountId) };
    const answer = (await worker.ask(order)) as FillAnswer;
    if (answer.error !== undefined) throw new Error(answer.error);
    for (const { accountId } of persons) await requireWhole(accountId, messages / persons.length);
    const calls: readonly WireCall[] = await stage.takeWireCalls();
    return { ...answer, atGoogleMs: underWayMs(calls) };
  } finally {
    await worker.end();
  }
}

async function requireWhole(accountId: AccountId, wanted: number): Promise<void> {
  const { messages: there } = await database().copyHead.findUniqueOrThrow({ where: { accountId } });
  if (there !== wanted) throw new Error(`The copy has ${there} messages, not ${wanted}.`);
}

const perSecond = (ms: number): number => Math.round((messages / ms) * 1_000);
const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

function findingOf(alone: FillRun, beside: FillRun): Finding {
  const name = "fill: speed";
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
  return {
    measures: [
      {
        name,
        what: `${messages} messages of one mailbox, no quota, Google at once`,
        against: "–",
        wanted: `at least ${wantedPerSecond} a second`,
        measured: `${perSecond(alone.ms)} a second`,
        met: perSecond(alone.ms) >= wantedPerSecond,
      },
      {
        name,
        what: `the same of ${sideBySide} mailboxes side by side`,
        against: "–",
        wanted: "–",
        measured: `${perSecond(beside.ms)} a second`,
        met: null,
      },
      {
        name,
        what: "by the time that this process computes: one mailbox; side by side",
        against: "–",
        wanted: "–",
        measured: `${perSecond(alone.cpuMs)}; ${perSecond(beside.cpuMs)} a second of a core`,
        met: null,
      },
      {
        name: "fill: memory",
        what: "the most that a process which fills ever had: one mailbox; side by side",
        against: `${megabytes(alone.bytesAtFirst)} before the first message`,
        wanted: `under ${megabytes(wantedBytes)}`,
        measured: `${megabytes(alone.peakBytes)}; ${megabytes(beside.peakBytes)}`,
        met: Math.max(alone.peakBytes, beside.peakBytes) < wantedBytes,
      },
    ],
    notes: [
      `Fill: one mailbox took ${seconds(alone.ms)}, ${seconds(alone.cpuMs)} of a core in the process that fills; for ${seconds(alone.atGoogleMs)} a call was under way at the local Google. Side by side: ${seconds(beside.ms)}, ${seconds(beside.cpuMs)}, ${seconds(beside.atGoogleMs)}. The local Google and PostgreSQL share the machine.`,
    ],
  };
}
