/** A page among few accounts and among thousands. */

import { seedMoment } from "#dev/google/options.ts";
import { database } from "#lib/db/client.ts";
import type { AccountId } from "#lib/domain/mail.ts";
import { connectFilled } from "./filled-person.ts";
import type { Finding } from "./measure.ts";
import { median, spread } from "./median.ts";
import type { ConnectedPerson } from "./person.ts";
import { plantMessages, tidyTables } from "./planted-messages.ts";
import type { Stage } from "./stage.ts";
import { timeStoredPage } from "./stored-page-clock.ts";

/** Whose pages are read. */
const readers = 10;
const messagesEach = 1_000;
/** LATCHKEY_CROWD=1000 for less: five thousand accounts take minutes to make. */
const crowd = Number(process.env.LATCHKEY_CROWD ?? 5_000);
const sizes = [readers, crowd / 10, crowd];
const readsEach = 20;
const warmUps = 5;
const wantedRatio = 1.3;
const plantedAtOnce = 250;

export async function measureCrowd(stage: Stage): Promise<Finding> {
  const persons: ConnectedPerson[] = [];
  while (persons.length < readers) persons.push(await connectFilled(stage, messagesEach));
  const timesMs: number[][] = [];
  const startedMs = performance.now();
  for (const [index, size] of sizes.entries()) {
    await addAccounts(sizes[index - 1] ?? readers, size);
    await tidyTables();
    timesMs.push(await readAll(persons));
  }
  const madeSeconds = (performance.now() - startedMs) / 1_000;
  const [few = []] = timesMs;
  return {
    measures: sizes.slice(1).map((size, index) => {
      const times = timesMs[index + 1] ?? [];
      const ratio = median(times) / median(few);
      return {
        name: "crowd",
        what: `readMessagePage among ${size} accounts with ${messagesEach} messages each`,
        against: `${spread(few, " ms", 1)}, among ${readers}`,
        wanted: `at most ${wantedRatio} times that`,
        measured: `${ratio.toFixed(2)}×: ${spread(times, " ms", 1)}`,
        met: ratio <= wantedRatio,
      };
    }),
    notes: [
      `Crowd: the first pages of ${readers} accounts filled from the local Google, ${readsEach} reads of each after ${warmUps} to warm up; the other accounts with ${messagesEach} messages in 3 lists each were made in the database (${madeSeconds.toFixed(0)} s, the reads included), which holds ${await size()} then.`,
    ],
  };
}

async function readAll(persons: readonly ConnectedPerson[]): Promise<number[]> {
  const timesMs: number[] = [];
  for (let done = 0; done < warmUps + readsEach; done += 1) {
    for (const { accountId } of persons) {
      const ms = await timeStoredPage(accountId, "", 1);
      if (done >= warmUps) timesMs.push(ms);
    }
  }
  return timesMs;
}

/** Accounts of which no page is ever read, with their copies: from `before` of them to `after`. */
async function addAccounts(before: number, after: number): Promise<void> {
  for (let there = before; there < after; there += plantedAtOnce) {
    const accountIds = await makeAccounts(there + 1, Math.min(there + plantedAtOnce, after));
    await plantMessages({ accountIds, each: messagesEach, newestMs: seedMoment.getTime() });
  }
}

async function makeAccounts(first: number, last: number): Promise<AccountId[]> {
  const rows = await database().$queryRaw<{ id: AccountId }[]>`
    WITH people AS (
      INSERT INTO "User" ("id", "email")
      SELECT gen_random_uuid(), 'c-' || number || '@example.org' FROM generate_series(${first}::int, ${last}::int) AS number
      RETURNING "id", "email"
    ), accounts AS (
      INSERT INTO "Account" ("id", "userId", "sub", "email", "state")
      SELECT gen_random_uuid(), "id", "email", "email", 'ACTIVE' FROM people
      RETURNING "id"
    )
    SELECT "id" FROM accounts`;
  const accountIds = rows.map(({ id }) => id);
  await database().copyHead.createMany({
    data: accountIds.map((accountId) => ({
      accountId,
      historyId: 1n,
      filledDownTo: 0n,
      filledAt: new Date(),
    })),
  });
  return accountIds;
}

async function size(): Promise<string> {
  const [row] = await database().$queryRaw<{ size: string }[]>`
    SELECT pg_size_pretty(pg_database_size(current_database())) AS size`;
  return row?.size ?? "";
}
