/**
 * Whatever happens to mailboxes, to Google and to two processes that work on the queue: afterwards each copy is its
 * mailbox. Ten mailboxes go through their sequences side by side, since processes are dear and killed for all of them.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { FaultOrder } from "#dev/google/faults.ts";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import { mailListOf } from "../domain/mail-list.ts";
import { moveCopyHead, readCopyHead } from "../mailbox/copy-head.ts";
import { enqueueMailJob } from "../queue/mail-jobs.ts";
import { requestCopy } from "../request/read-once.ts";
import { connectAccount } from "../use-cases/accounts/connect-account.ts";
import {
  type Connected,
  connected,
  exchange,
  newPerson,
  stateOf,
} from "../use-cases/accounts/connected.fixture.ts";
import { expectInStep, headOf } from "../use-cases/copy/copy.fixture.ts";
import { readMessagePage } from "../use-cases/lists/read-message-page.ts";

const mailboxesAtOnce = 10;
const sequences = process.env.LATCHKEY_LONG ? 1_000 : 50;
const convergenceMs = 60_000;

/** Looks at a copy that is not in step, after which time passes once more. */
const looksApart = 16;

let testbed: Testbed;
let workers: ChildProcess[] = [];

beforeAll(async () => {
  testbed = await startTestbed({ messages: null, env: { QUOTA_UNITS_PER_MINUTE: "100000000" } });
  await testbed.google.quota({ on: false });
  // A batch is answered from what is so when it is asked, and arrives later: the room that races need.
  await testbed.google.settings({ batchMs: 120 });
  workers = await Promise.all([startProcess(), startProcess()]);
});
afterAll(async () => {
  for (const worker of workers) worker.kill("SIGKILL");
  await testbed.close();
});

async function startProcess(): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL("./mailbox-worker.fixture.ts", import.meta.url)), {
    execArgv: ["--conditions=react-server"],
    env: { ...process.env, ...testbed.env },
  });
  await once(child, "message");
  return child;
}

const label = fc.constantFrom("INBOX", "UNREAD", "STARRED", "IMPORTANT", "SENT", "CATEGORY_SOCIAL", "own");
const labels = fc.uniqueArray(label, { maxLength: 4 });
const which = fc.nat(10_000);

const passingFault = fc.oneof(
  fc.record({
    kind: fc.constantFrom("5xx", "reset", "429", "401", "truncated", "malformed"),
    target: fc.constant("gmail"),
    count: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({
    kind: fc.constant("403"),
    reason: fc.constantFrom(
      "rateLimitExceeded",
      "userRateLimitExceeded",
      "dailyLimitExceeded",
      "accessNotConfigured",
      "domainPolicy",
      "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
    ),
    count: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({
    kind: fc.constantFrom("batch-parts-429", "batch-truncated", "batch-401"),
    count: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    kind: fc.constant("slow"),
    target: fc.constant("gmail"),
    latencyMs: fc.nat(300),
    count: fc.constant(4),
  }),
  fc.record({
    kind: fc.constant("5xx"),
    method: fc.constantFrom("history.list", "messages.list", "labels.list", "getProfile"),
    count: fc.integer({ min: 1, max: 2 }),
  }),
);

/** Answers that say too little, or lead in a circle, and pauses that Google asks for. */
const odd = fc.oneof(
  fc.record({
    kind: fc.constant("odd"),
    body: fc.constantFrom({}, { labels: [] }, { messages: [] }, { historyId: "1" }),
    method: fc.constantFrom("labels.list", "messages.list", "history.list", "getProfile"),
    count: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    kind: fc.constantFrom("429", "5xx"),
    target: fc.constant("gmail"),
    retryAfterSeconds: fc.integer({ min: 1, max: 3_000 }),
    count: fc.constant(1),
  }),
  fc.record({
    kind: fc.constant("error"),
    status: fc.constantFrom(400, 404),
    reason: fc.constantFrom("notFound", "invalidArgument", "failedPrecondition"),
    method: fc.constantFrom("history.list", "messages.list"),
    count: fc.integer({ min: 1, max: 2 }),
  }),
);

/** A call that hangs holds its mailbox up for as long as a job waits for Google: few of those. */
const hanging = fc.record({
  kind: fc.constant("timeout"),
  target: fc.constant("gmail"),
  count: fc.constant(1),
});

const fault = fc.oneof(
  { weight: 24, arbitrary: passingFault },
  { weight: 8, arbitrary: odd },
  { weight: 1, arbitrary: hanging },
) as fc.Arbitrary<FaultOrder>;

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("deliver"), labels }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("relabel"), which, add: labels, remove: labels }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom("trash", "untrash", "spam", "delete", "redraft"), which }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom("createLabel", "renameLabel", "deleteLabel"), which }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("expireHistory") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("expirePageTokens") }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("fault"), fault }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("break"),
      which,
      how: fc.constantFrom("malformed" as const, "missing" as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("look"),
      slug: fc.constantFrom("inbox", "all", "starred", "bin"),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("follow") }) },
);

type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** In the middle of which step, counted over all mailboxes, which process is killed. */
const kills = fc.uniqueArray(fc.record({ at: fc.nat(120), worker: fc.nat(1) }), {
  maxLength: 2,
  selector: ({ at }) => at,
});

class Player {
  readonly account: Connected;
  #labels: string[] = [];
  readonly #looking: Promise<void>[] = [];

  constructor(account: Connected) {
    this.account = account;
  }

  get email(): string {
    return this.account.identity.email;
  }

  async ids(): Promise<string[]> {
    return (await testbed.google.mailbox(this.email)).messages.map(({ id }) => id);
  }

  async pick(which: number): Promise<string[]> {
    const ids = await this.ids();
    return ids.length === 0 ? [] : [ids[which % ids.length] ?? ""];
  }

  /** "own" stands for a label of this mailbox's own, where there is one. */
  real(labels: readonly string[]): string[] {
    return labels.flatMap((id) => (id === "own" ? this.#labels.slice(-1) : [id]));
  }

  async play(step: Step): Promise<void> {
    const { google } = testbed;
    const { email } = this;
    switch (step.do) {
      case "deliver":
        await google.deliver(email, { labelIds: this.real(step.labels as string[]) });
        return;
      case "relabel": {
        const [add, remove] = [this.real(step.add as string[]), this.real(step.remove as string[])];
        await google.relabel(email, await this.pick(step.which), { add, remove });
        return;
      }
      case "trash":
        return google.relabel(email, await this.pick(step.which), { add: ["TRASH"], remove: ["INBOX"] });
      case "untrash":
        return google.relabel(email, await this.pick(step.which), {
          add: ["INBOX"],
          remove: ["TRASH", "SPAM"],
        });
      case "spam":
        return google.relabel(email, await this.pick(step.which), { add: ["SPAM"], remove: ["INBOX"] });
      case "delete":
        return google.deleteMessages(email, await this.pick(step.which));
      case "redraft":
        await google.deleteMessages(email, await this.pick(step.which));
        await google.deliver(email, { labelIds: ["DRAFT"] });
        return;
      case "createLabel":
        this.#labels.push((await google.createLabel(email, `Label ${step.which} ${this.#labels.length}`)).id);
        return;
      case "renameLabel":
        for (const id of this.#labels.slice(-1)) await google.renameLabel(email, id, `Renamed ${step.which}`);
        return;
      case "deleteLabel":
        for (const id of this.#labels.splice(-1)) await google.deleteLabel(email, id);
        return;
      case "expireHistory":
        return google.expireHistory(email);
      case "expirePageTokens":
        return google.expirePageTokens();
      case "fault":
        await google.fault({ ...(step.fault as FaultOrder), email });
        return;
      case "break": {
        const { settings } = await testbed.google.state();
        const broken = { ...settings.broken };
        for (const id of await this.pick(step.which)) broken[id] = step.how as "malformed" | "missing";
        await testbed.google.settings({ broken });
        return;
      }
      case "look":
        // Nobody waits for a reader: what happens next, happens while the page is on its way.
        this.#looking.push(this.look(step.slug as string));
        return;
      case "follow":
        return this.follow();
    }
  }

  /** A person looks, whatever Google says to that. */
  async look(slug: string): Promise<void> {
    const list = mailListOf(slug);
    if (list) await readMessagePage(requestCopy(this.account.accountId), { list, query: "", cursor: "" });
  }

  follow(): Promise<void> {
    return enqueueMailJob(database(), { task: "sync-mailbox", accountId: this.account.accountId });
  }

  /** Google is well again, and whoever has to consent has consented. */
  async comeToRest(): Promise<void> {
    const { identity, accountId } = this.account;
    await Promise.all(this.#looking);
    await testbed.google.clearFaults(this.email);
    await testbed.google.settings({ unreadable: [], broken: {} });
    if ((await stateOf(accountId)).state !== "ACTIVE") {
      const tokens = await exchange(testbed.google, identity);
      await connectAccount({ identity, tokens, currentUserId: null, reconnecting: accountId });
    }
    await this.letTimePass();
  }

  /** Pauses are over, and so are the distances that are kept from what was in vain. */
  async letTimePass(): Promise<void> {
    const { accountId } = this.account;
    await database().account.update({ where: { id: accountId }, data: { askAgainAt: null } });
    await database().failedMessage.updateMany({ where: { accountId }, data: { nextAt: new Date() } });
    const listing = (await readCopyHead(database(), accountId))?.listing;
    await moveCopyHead(database(), accountId, {
      relistAt: null,
      fillAgainAt: null,
      ...(listing ? { listing: { ...listing, againAtMs: 0 } } : {}),
    });
    await database().copyHead.updateMany({ where: { accountId }, data: { labelsAt: null } });
    await enqueueMailJob(database(), { task: "fill-mailbox", accountId });
    await this.follow();
  }
}

/** Waits until the copy is the mailbox; says what is not the same when it does not come to that. */
async function inStep(player: Player): Promise<void> {
  const { email, account } = player;
  let looks = 0;
  const look = async () => {
    const difference = await differenceOf(email, account.accountId);
    looks += 1;
    // A job that was under way may have met the last of its faults after they were cleared.
    if (difference !== "none" && looks % looksApart === 0) await player.letTimePass();
    return difference;
  };
  await expect.poll(look, { timeout: convergenceMs, interval: 250 }).toBe("none");
}

async function differenceOf(email: string, accountId: AccountId): Promise<string> {
  try {
    expect((await headOf(accountId)).filledAt).not.toBeNull();
    await expectInStep(testbed.google, email, accountId);
    return "none";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

it(
  "after any sequence of changes, faults and kills each copy is its mailbox, message by message and label by label",
  async () => {
    const round = fc.record({
      scripts: fc.array(fc.array(step, { minLength: 6, maxLength: 14 }), {
        minLength: mailboxesAtOnce,
        maxLength: mailboxesAtOnce,
      }),
      sizes: fc.array(fc.nat(120), { minLength: mailboxesAtOnce, maxLength: mailboxesAtOnce }),
      kills,
    });
    await fc.assert(
      fc.asyncProperty(round, async ({ scripts, sizes, kills: planned }) => {
        let played = 0;
        const restarts: Promise<void>[] = [];
        const killIfPlanned = () => {
          const kill = planned.find(({ at }) => at === played);
          played += 1;
          if (kill) restarts.push(restart(kill.worker));
        };
        const players = await Promise.all(
          scripts.map(async (script, index) => {
            const person = await newPerson(testbed.google, sizes[index] ?? 0);
            const player = new Player(await connected(testbed.google, person));
            for (const one of script) {
              killIfPlanned();
              await player.play(one);
            }
            return player;
          }),
        );
        await Promise.all(restarts);
        await Promise.all(players.map((player) => player.comeToRest()));
        await Promise.all(players.map(inStep));
      }),
      // A failure is worth its seed; shrinking would take an hour and meet other timings.
      { numRuns: sequences / mailboxesAtOnce, endOnFailure: true },
    );
  },
  process.env.LATCHKEY_LONG ? 3_600_000 : 240_000,
);

async function restart(index: number): Promise<void> {
  const worker = workers[index];
  if (!worker || worker.killed) return;
  const gone = once(worker, "exit");
  worker.kill("SIGKILL");
  await gone;
  workers[index] = await startProcess();
}
