import "server-only";
import { inBulk } from "../../db/as-job.ts";
import { database } from "../../db/client.ts";
import type { CopyHead, Listing } from "../../domain/copy-head.ts";
import { labelIdOf } from "../../domain/ids.ts";
import type { MessageId } from "../../domain/mail.ts";
import { GmailError } from "../../gmail/gmail-error.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { longestIdPage } from "../../gmail/process-message-ids.ts";
import { lockCopyHead, moveCopyHead, readCopyHead } from "../../mailbox/copy-head.ts";
import { noteNotWhole, storeLabels } from "../../mailbox/labels.ts";
import {
  countListed,
  everything,
  forgetHistoryIds,
  forgetListing,
  noteListed,
  swapInListing,
  unlistedOf,
} from "../../mailbox/listing.ts";
import { enqueueMailJob, type TimeSlice } from "../../queue/mail-jobs.ts";
import { log } from "../../telemetry/log.ts";
import type { Copy } from "../copy/begin-copy.ts";
import { agrees } from "./agrees.ts";
import { distanceMs, doubtful } from "./distance.ts";
import { labelsNow } from "./labels-now.ts";
import { tellMailboxEvent } from "./mailbox-events.ts";

/**
 * Gmail no longer tells what happened since the copy's history id. Contents do not change, so only ids are listed: of
 * the whole mailbox and of each label, 5 units for 500 of them and 1 for Gmail's count, where asking each message would cost
 * 20. The copy stays as it is until all is listed, and all lists agree with their counts.
 */
export async function beginListing(copy: Copy, mailbox: Mailbox, head: CopyHead): Promise<void> {
  const { accountId, sealer } = copy;
  // From before the first list: history from here on is replayed over what the lists say.
  const { historyId, messagesTotal: counted } = await mailbox.getProfile();
  const labels = await labelsNow(copy, mailbox);
  await database().$transaction(async (tx) => {
    if (!(await lockCopyHead(tx, accountId))) return;
    await forgetListing(tx, accountId);
    // In a mailbox that was set back, everything is older than what is listed from now on.
    if (BigInt(historyId) < BigInt(head.historyId)) await forgetHistoryIds(tx, accountId);
    await storeLabels(tx, sealer, accountId, labels);
    const pending = [everything, ...labels.map(({ id }) => id)];
    const listing: Listing = { historyId, pending, token: null, counted };
    await moveCopyHead(tx, accountId, { listing, labelsAt: new Date() });
  });
}

/**
 * Lists on for the length of a time slice; when all is listed, the copy takes it over in one step.
 * @returns in how many milliseconds there is more to do
 */
export async function listOn(
  copy: Copy,
  mailbox: Mailbox,
  begun: Listing,
  slice: TimeSlice,
): Promise<number> {
  let listing = begun;
  while (listing.pending.length > 0) {
    const waitMs = (listing.againAtMs ?? 0) - Date.now();
    if (waitMs > 0) return waitMs;
    listing = await listPage(copy, mailbox, listing);
    if (slice.isOver()) return 0;
  }
  if (await isBelievable(copy, mailbox, listing)) await takeOver(copy, listing);
  else
    await noteListing(copy, listing, { ...doubted(copy, listing), pending: await everyList(copy) }, "every");
  return 0;
}

async function listPage(copy: Copy, mailbox: Mailbox, listing: Listing): Promise<Listing> {
  const { accountId } = copy;
  const { pending, token } = listing;
  const [label = everything, ...others] = pending;
  const page = await pageOf(mailbox, label, token);
  const ids = page?.ids.map(({ id }) => id) ?? [];
  if (page && page.nextPageToken !== null) {
    const added = await noteListing(copy, listing, { ...listing, token: page.nextPageToken }, label, ids);
    if (added > 0 || ids.length === 0) return { ...listing, token: page.nextPageToken };
    // Pages that lead in a circle would never end.
  } else if (page || token === null) {
    await noteListing(copy, listing, listing, label, ids);
    const counted = await countOf(mailbox, label, listing);
    // A label that is gone has no messages.
    const isWhole = counted === null || agrees(await countListed(database(), accountId, label), counted);
    const next: Listing = { ...listing, pending: others, token: null };
    if (isWhole) {
      await noteListing(copy, listing, next);
      return next;
    }
  }
  // This list is begun anew: its token has expired, or it is not what Gmail has counted.
  const next = doubted(copy, listing);
  await noteListing(copy, listing, next, label);
  return next;
}

/** Gmail's own count of a list; null for a label that is gone. */
async function countOf(mailbox: Mailbox, label: string, { counted }: Listing): Promise<number | null> {
  if (label !== everything) {
    const id = labelIdOf(label);
    return (await mailbox.countLabels([id])).get(id)?.messagesTotal ?? null;
  }
  const { messagesTotal } = await mailbox.getProfile();
  return Math.min(messagesTotal, counted ?? messagesTotal);
}

/**
 * The listing with its first list begun again, since that was shorter than Gmail's count: at once the first time, then
 * at growing distances.
 */
function doubted({ accountId }: Copy, listing: Listing): Listing {
  const doubts = (listing.doubts ?? 0) + 1;
  log.warn(
    { event: "list.doubted", accountId, doubts },
    "Gmail's list is shorter than its own count; it is asked for again",
  );
  return { ...listing, token: null, doubts, againAtMs: Date.now() + distanceMs(doubtful, doubts) };
}

async function everyList({ accountId }: Copy): Promise<string[]> {
  const labels = await database().copiedLabel.findMany({
    where: { accountId, labelSealed: { not: null } },
  });
  return [everything, ...labels.map(({ labelId }) => labelId)];
}

/**
 * Writes down what was listed, and how the listing goes on.
 * @param ids what a page of this list holds; without it the list (or "every" list) is begun anew
 * @returns how many of them were new
 */
async function noteListing(
  { accountId }: Copy,
  before: Listing,
  next: Listing,
  label: string | "every" | null = null,
  ids: readonly MessageId[] | null = null,
): Promise<number> {
  return database().$transaction(async (tx) => {
    const head = await lockCopyHead(tx, accountId);
    if (head?.listing?.historyId !== before.historyId) return 0;
    await moveCopyHead(tx, accountId, { listing: next });
    if (label === null) return 0;
    if (ids) return noteListed(tx, accountId, label, ids);
    await forgetListing(tx, accountId, label === "every" ? undefined : label);
    return 0;
  });
}

/** Messages of the copy that are asked for before much of it is taken for deleted. */
const sampled = 10;

/** Much of the copy is not in the list: is it gone? Some of it is asked for; what Gmail still gives was not listed. */
async function isBelievable({ accountId }: Copy, mailbox: Mailbox, { historyId }: Listing): Promise<boolean> {
  const { unlisted, sample } = await unlistedOf(database(), accountId, historyId, sampled);
  const head = await readCopyHead(database(), accountId);
  if (unlisted === 0 || unlisted <= (head?.messages ?? 0) / 10) return true;
  const asked = await mailbox.getMessages(sample);
  const [failed, ...others] = asked.filter((one) => one.status === "failed");
  if (failed && others.length + 1 === asked.length) throw failed.error;
  return !asked.some(({ status }) => status === "found");
}

async function pageOf(mailbox: Mailbox, label: string, token: string | null) {
  try {
    return await mailbox.listMessageIds({
      maxResults: longestIdPage,
      includeSpamTrash: true,
      ...(label === everything ? {} : { labelIds: [labelIdOf(label)] }),
      ...(token === null ? {} : { pageToken: token }),
    });
  } catch (error) {
    if (error instanceof GmailError && ["bad-request", "unknown-label"].includes(error.code)) return null;
    throw error;
  }
}

/**
 * The copy takes the listed labels over. What is new at Google the filling brings in, from the top; history goes on from
 * where the listing began.
 */
async function takeOver({ accountId }: Copy, { historyId }: Listing): Promise<void> {
  // Half a minute is much for a mailbox of a million; other writers of the account wait as long, readers do not.
  await inBulk(() =>
    database().$transaction(async (tx) => {
      const head = await lockCopyHead(tx, accountId);
      if (head?.listing?.historyId !== historyId) return;
      const lacks = await swapInListing(tx, accountId, historyId);
      // Until the filling has passed them, pages that may miss one are asked of Google.
      if (lacks) await noteNotWhole(tx, accountId, "every");
      await moveCopyHead(tx, accountId, {
        ...(lacks ? { filledDownToMs: null } : {}),
        historyId,
        listing: null,
        fillToken: null,
        filledAt: null,
        changed: true,
      });
      await tellMailboxEvent(tx, { accountId, revision: head.revision + 1n }, { added: {} });
    }),
  );
  await enqueueMailJob(database(), { task: "fill-mailbox", accountId });
}
