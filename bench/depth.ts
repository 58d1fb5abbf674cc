/** Pages far down a very large mailbox, against its first. */
import { database } from "#lib/db/client.ts";
import type { AccountId } from "#lib/domain/mail.ts";
import { env } from "#lib/env.ts";
import { readRows } from "#lib/mailbox/message-rows.ts";
import { encodeRowCursor } from "#lib/use-cases/lists/stored-page.ts";
import { readSealer } from "#lib/vault/data-key.ts";
import { connectFilled } from "./filled-person.ts";
import { pageSize } from "./first-page-round.ts";
import type { Finding } from "./measure.ts";
import { median, spread } from "./median.ts";
import { keyOfPlanted, plantMessages, sealPlanted, tidyTables } from "./planted-messages.ts";
import type { Stage } from "./stage.ts";
import { timeStoredPage } from "./stored-page-clock.ts";

/** From Google, at the top. */
const real = 200;
const planted = 1_000_000;
const pages = [1, 200, 20_000];
const reads = 60;
const warmUps = 20;
const wantedRatio = 1.3;

export async function measureDepth(stage: Stage): Promise<Finding> {
  const { accountId } = await connectFilled(stage, real);
  const cursors = await plant(accountId);
  const timesMs = new Map(pages.map((page) => [page, [] as number[]]));
  for (let done = 0; done < warmUps + reads; done += 1) {
    for (const page of pages) {
      const ms = await timeStoredPage(accountId, cursors.get(page) ?? "", (page - 1) * pageSize + 1);
      if (done >= warmUps) timesMs.get(page)?.push(ms);
    }
  }
  const first = median(timesMs.get(1) ?? []);
  return {
    measures: pages.slice(1).map((page) => {
      const times = timesMs.get(page) ?? [];
      const ratio = median(times) / first;
      return {
        name: "depth",
        what: `readMessagePage, page ${page} of an inbox of ${planted} messages`,
        against: `${spread(timesMs.get(1) ?? [], " ms", 1)}, page 1`,
        wanted: `at most ${wantedRatio} times page 1`,
        measured: `${ratio.toFixed(2)}×: ${spread(times, " ms", 1)}`,
        met: ratio <= wantedRatio,
      };
    }),
    notes: [
      `Depth: ${real} messages filled from the local Google, ${planted} below them made in the database, of which those on the pages that are read were sealed one by one; ${reads} reads of each page in turn, after ${warmUps} to warm up.`,
    ],
  };
}

/** @returns the cursor of each page but the first */
async function plant(accountId: AccountId): Promise<ReadonlyMap<number, string>> {
  const sealer = await readSealer(database(), env().TOKEN_KEYS, accountId);
  if (!sealer) throw new Error("The account has no key.");
  const asked = { accountId, labelId: "INBOX", from: null, limit: real } as Parameters<typeof readRows>[2];
  const inbox = await readRows(database(), sealer, asked);
  const oldest = await database().copiedMessage.aggregate({
    where: { accountId },
    _min: { internalDate: true },
  });
  const newestMs = Number(oldest._min.internalDate) - 1;
  await plantMessages({ accountIds: [accountId], each: planted, newestMs });
  const cursors = new Map<number, string>();
  for (const page of pages.slice(1)) {
    const before = (page - 1) * pageSize;
    /** Of the row before the page, the page's rows, and the one behind them. */
    const keys = Array.from({ length: pageSize + 2 }, (_, row) =>
      keyOfPlanted(newestMs, before - inbox.length + row),
    );
    const metadata = inbox.flatMap((row) => row.metadata ?? []);
    await sealPlanted(accountId, sealer, keys, metadata);
    const [key] = keys;
    if (key) cursors.set(page, encodeRowCursor({ side: "older", key, before }));
  }
  await tidyTables();
  return cursors;
}
