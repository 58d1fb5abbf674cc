import "server-only";
import { database } from "../../db/client.ts";
import type { CopyHead } from "../../domain/copy-head.ts";
import type { AccountId } from "../../domain/mail.ts";
import type { FetchedMessage, Mailbox } from "../../gmail/mailbox.ts";
import { type CopyHeadChange, moveCopyHead } from "../../mailbox/copy-head.ts";
import { storeCounts } from "../../mailbox/labels.ts";
import { newestOf } from "../../mailbox/message-rows.ts";
import type { Step, TimeSlice } from "../../queue/mail-jobs.ts";
import { begunCopy, type Copy } from "../copy/begin-copy.ts";
import { noteRefused, storeFetched } from "../copy/bring-in.ts";
import { countedLabels, labelsOfCopy } from "../copy/labels-of-copy.ts";
import { openCopy, openCopyToRead } from "../copy/open-copy.ts";
import { mailboxForJob } from "../google/mailbox-for.ts";
import { type AskedBatch, askForMissing, type ListedPage } from "./ask-for-missing.ts";
import { endOfFilling } from "./fill-doubts.ts";
import { tellMailboxState } from "./mailbox-state.ts";

/** Rows of one statement: a quarter of a page of ids. */
const storedAtOnce = 125;

/**
 * Brings in what the copy lacks, newest first, for the length of a time slice. Wherever it is interrupted, it goes on there:
 * what is stored is not fetched again.
 * @throws QuotaPause, GmailError, OAuthError, AccountUnusableError
 */
export async function fillMailbox(accountId: AccountId, slice: TimeSlice): Promise<Step> {
  const copy = await openCopy(accountId);
  const mailbox = mailboxForJob(accountId, "fill", slice.signal);
  const head = copy.head ?? (await begunCopy(copy, mailbox)).head;
  if (head.filledAt) return { done: true };
  const waitMs = (head.fillAgainAt?.getTime() ?? 0) - Date.now();
  if (waitMs > 0) return { done: false, waitMs };
  await countOnce(copy, mailbox, head);
  try {
    return (await bringInMissing(copy, mailbox, head, slice)) ? { done: true } : { done: false, waitMs: 0 };
  } finally {
    await tellMailboxState(accountId, "filling");
  }
}

/**
 * Batch after batch: while one is under way, the one before it is read, and those before that are stored. At least one: a
 * slice that is too short for anything must not go on forever.
 * @returns whether all is here
 */
async function bringInMissing(
  copy: Copy,
  mailbox: Mailbox,
  head: CopyHead,
  slice: TimeSlice,
): Promise<boolean> {
  const keeper = keeperOf(copy, mailbox, head);
  let failure: unknown = null;
  let before: AskedBatch | null = null;
  try {
    for await (const batch of askForMissing(copy, mailbox, head)) {
      const ready: AskedBatch | null = before;
      before = batch;
      if (ready) await keeper.take(ready);
      if (slice.isOver() || keeper.isOver()) break;
    }
  } catch (error) {
    failure = error; // What was asked for before it is kept all the same.
  }
  if (before) await keeper.take(before);
  return keeper.finish(failure);
}

interface Keeper {
  /** Waits for the messages, and has them stored after those before them. */
  take(batch: AskedBatch): Promise<void>;
  /** Whether more would be of no use. */
  isOver(): boolean;
  /** @returns whether the copy is filled @throws what a batch or its storing came to, or `failure` */
  finish(failure: unknown): Promise<boolean>;
}

/** Stores what comes, and moves the copy's mark at the end of each page of ids that is all there. */
function keeperOf(copy: Copy, mailbox: Mailbox, head: CopyHead): Keeper {
  let failure: unknown = null;
  let state: "open" | "interrupted" | "outdated" | "filled" = "open";
  let { filledDownToMs, fillToken } = head;
  let waiting: FetchedMessage[] = [];
  let storing: Promise<void> = Promise.resolve();

  async function store(fetched: readonly FetchedMessage[], completed: ListedPage | null): Promise<void> {
    if (fetched.length > 0) {
      const brought = await storeFetched(copy, fetched, head.revision);
      if (brought.stored) await noteRefused(copy, fetched);
      else state = "outdated";
    }
    if (completed === null || state !== "open") return;
    const moved = await movedBy(copy, mailbox, completed, filledDownToMs);
    // A full synchronization that has begun the filling anew wins over a page of the old one, and so does a process that
    // took this one for dead and went on.
    const since = { revision: head.revision, fillToken, filledAt: null };
    if (!(await moveCopyHead(database(), copy.accountId, moved, since))) state = "outdated";
    else if (moved.filledAt) state = "filled";
    filledDownToMs = moved.filledDownToMs ?? filledDownToMs;
    fillToken = completed.nextPageToken;
  }

  async function storeWaiting(completed: ListedPage | null): Promise<void> {
    await storing;
    const fetched = waiting;
    waiting = [];
    storing = store(fetched, failure === null ? completed : null).catch((error: unknown) => {
      failure ??= error;
    });
  }

  return {
    async take({ messages, completes }) {
      try {
        const fetched = await messages;
        waiting.push(...fetched.messages);
        failure ??= fetched.pause;
        if (!fetched.whole && state === "open") state = "interrupted";
      } catch (error) {
        failure ??= error;
      }
      if (completes || waiting.length >= storedAtOnce) await storeWaiting(completes);
    },
    isOver: () => failure !== null || state !== "open",
    async finish(other) {
      await storeWaiting(null);
      await storing;
      const thrown = failure ?? other;
      if (thrown !== null) throw thrown;
      return state === "filled";
    },
  };
}

/** What a page that is all there moves: where the filling goes on, and down to where nothing is missing. */
async function movedBy(
  copy: Copy,
  mailbox: Mailbox,
  { ids, nextPageToken, isLast }: ListedPage,
  filledDownToMs: number | null,
): Promise<CopyHeadChange> {
  if (nextPageToken === null) return endOfFilling(copy, mailbox);
  // Gmail lists newest first, or nearly so: what is newer than all of this page is here.
  const newestMs = await newestOf(database(), copy.accountId, ids);
  const downToMs = Math.min(newestMs ?? Number.POSITIVE_INFINITY, filledDownToMs ?? Number.POSITIVE_INFINITY);
  return {
    fillToken: nextPageToken,
    ...(Number.isFinite(downToMs) ? { filledDownToMs: downToMs } : {}),
    ...(isLast ? { filledAt: new Date() } : {}),
  };
}

/** What the rail shows until the copy can be counted itself. A unit for each label. */
async function countOnce(copy: Copy, mailbox: Mailbox, head: CopyHead): Promise<void> {
  if (head.fillToken !== null || head.messages > 0) return;
  const { labels, counts } = labelsOfCopy((await openCopyToRead(copy.accountId)).labels, head);
  const ids = countedLabels(labels).filter((id) => !counts.has(id));
  await storeCounts(database(), copy.accountId, await mailbox.countLabels(ids));
}
