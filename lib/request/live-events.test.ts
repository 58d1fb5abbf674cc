import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import { tellAccountEnded, tellSessionsEnded } from "../use-cases/accounts/session-ends.ts";
import { closeMailboxEvents, listenToEnds } from "../use-cases/sync/mailbox-events.ts";
import { lookEveryMs } from "../use-cases/sync/sync-if-stale.ts";
import { openStreams } from "./events/open-streams.ts";
import { liveEvents } from "./live-events.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(async () => {
  await closeMailboxEvents();
  await testbed.close();
});

const accountId = "01900000-0000-7000-8000-000000000001" as AccountId;
const otherAccount = "01900000-0000-7000-8000-000000000002" as AccountId;

function open(sessionId: string, stillReads = async () => true) {
  const leaving = new AbortController();
  const text = new Response(liveEvents({ accountId, sessionId, stillReads }, leaving.signal)).text();
  return { text, leaving };
}

/** Until this process hears what is told: asked again and again, since what was told before is not heard. */
async function untilHeard(): Promise<void> {
  let heard = false;
  const end = listenToEnds(() => {
    heard = true;
  });
  const asked = async () => {
    await tellSessionsEnded(database(), ["nobody"]);
    expect(heard).toBe(true);
  };
  await vi.waitFor(asked, { timeout: 20_000 });
  end();
}

const endedWords = /event: ended\ndata: {}\n\n$/;

test("a stream ends, with a word to the page, when its session ends in whatever process", async () => {
  const [mine, other] = [open("mine"), open("other")];
  await untilHeard();
  await tellSessionsEnded(database(), ["somebody's", "mine"]);
  expect(await mine.text).toMatch(endedWords);
  expect([openStreams("mine"), openStreams("other")]).toEqual([0, 1]);
  other.leaving.abort();
  expect(openStreams("other")).toBe(0);
});

test("a stream ends when its account is withdrawn, suspended or disconnected, and no other does", async () => {
  const mine = open("mine");
  await untilHeard();
  await tellAccountEnded(database(), otherAccount);
  await untilHeard();
  expect(openStreams("mine")).toBe(1);
  await tellAccountEnded(database(), accountId);
  expect(await mine.text).toMatch(endedWords);
});

test("a stream ends at the next look when its reader may not read any more, though nobody has told", async () => {
  vi.useFakeTimers({ toFake: ["setInterval"] });
  let mayRead = true;
  let looks = 0;
  const mine = open("mine", async () => {
    looks += 1;
    return mayRead;
  });
  await vi.waitFor(() => expect(looks).toBe(1));
  mayRead = false;
  await vi.advanceTimersByTimeAsync(lookEveryMs);
  vi.useRealTimers();
  expect(await mine.text).toMatch(endedWords);
});

test("the ninth stream of a session replaces the first, which is told not to come back at once", async () => {
  const opened = Array.from({ length: 9 }, () => open("many"));
  expect(await opened[0]?.text).toMatch(/event: replaced\ndata: {}\n\n$/);
  expect(openStreams("many")).toBe(8);
  for (const { leaving } of opened) leaving.abort();
  expect(openStreams("many")).toBe(0);
});
