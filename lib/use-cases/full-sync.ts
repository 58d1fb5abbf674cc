import "server-only";
import { database } from "../db/client.ts";
import type { LabelId } from "../domain/mail.ts";
import type { Listing } from "../domain/mirror.ts";
import { GmailError } from "../gmail/gmail-error.ts";
import type { Mailbox } from "../gmail/mailbox.ts";
import { tellMailboxEvent } from "../mailbox/events.ts";
import { noteNotWhole, storeLabels } from "../mailbox/labels.ts";
import { EVERYTHING, forgetListing, noteListed, swapInListing } from "../mailbox/listing.ts";
import { lockMirror, moveMirror } from "../mailbox/mirror.ts";
import { log } from "../telemetry/log.ts";
import type { Copy } from "./copy.ts";
import { wantMailJob } from "./mail-jobs.ts";
import type { Turn } from "./mailbox-step.ts";

const listedAtOnce = 500;

/** Half a minute is much for a mailbox of a million; other writers of the account wait as long, readers do not. */
const swap = { maxWait: 10_000, timeout: 300_000 };

/**
 * Gmail no longer tells what happened since the copy's history id. Contents do not change, so only ids are listed: of
 * the whole mailbox and of each label, 5 units for 500 of them, where asking each message would cost 20. The copy stays
 * as it is until all is listed.
 */
export async function beginListing({ accountId, sealer }: Copy, mailbox: Mailbox): Promise<void> {
  // From before the first list: history from here on is replayed over what the lists say.
  const { historyId } = await mailbox.getProfile();
  const labels = await mailbox.listLabels();
  log.info({ accountId }, "Gmail's history has expired; the mailbox is listed anew");
  await database().$transaction(async (tx) => {
    if (!(await lockMirror(tx, accountId))) return;
    await forgetListing(tx, accountId);
    await storeLabels(tx, sealer, accountId, labels);
    const listing = { historyId, open: [EVERYTHING, ...labels.map(({ id }) => id)], token: null };
    await moveMirror(tx, accountId, { listing, labelsAt: new Date() });
  });
}

/** Lists on for the length of a turn; when all is listed, the copy takes it over in one step. */
export async function listOn(copy: Copy, mailbox: Mailbox, begun: Listing, turn: Turn): Promise<void> {
  let listing = begun;
  while (listing.open.length > 0) {
    listing = await listPage(copy, mailbox, listing);
    if (turn.isOver()) return;
  }
  await takeOver(copy, listing);
}

async function listPage({ accountId }: Copy, mailbox: Mailbox, listing: Listing): Promise<Listing> {
  const { open, token } = listing;
  const [label = EVERYTHING, ...others] = open;
  const page = await pageOf(mailbox, label, token);
  const next: Listing =
    page?.nextPageToken != null
      ? { ...listing, token: page.nextPageToken }
      : // A token that has expired leads back to the label's beginning; a label that is gone has no messages.
        page === null && token !== null
        ? { ...listing, token: null }
        : { ...listing, open: others, token: null };
  await database().$transaction(async (tx) => {
    const mirror = await lockMirror(tx, accountId);
    if (mirror?.listing?.historyId !== listing.historyId) return;
    if (page)
      await noteListed(
        tx,
        accountId,
        label,
        page.ids.map(({ id }) => id),
      );
    await moveMirror(tx, accountId, { listing: next });
  });
  return next;
}

async function pageOf(mailbox: Mailbox, label: string, token: string | null) {
  try {
    return await mailbox.listMessageIds({
      maxResults: listedAtOnce,
      includeSpamTrash: true,
      ...(label === EVERYTHING ? {} : { labelIds: [label as LabelId] }),
      ...(token === null ? {} : { pageToken: token }),
    });
  } catch (error) {
    if (error instanceof GmailError && error.code === "bad-request") return null;
    throw error;
  }
}

/**
 * The copy takes the listed labels over. What is new at Google the filling brings in, from the top; history goes on from
 * where the listing began.
 */
async function takeOver({ accountId }: Copy, { historyId }: Listing): Promise<void> {
  await database().$transaction(async (tx) => {
    const mirror = await lockMirror(tx, accountId);
    if (mirror?.listing?.historyId !== historyId) return;
    const lacks = await swapInListing(tx, accountId, historyId);
    // Until the filling has passed them, pages that may miss one are asked of Google.
    if (lacks) await noteNotWhole(tx, accountId, "every");
    await moveMirror(tx, accountId, {
      ...(lacks ? { filledDownToMs: null } : {}),
      historyId,
      listing: null,
      fillToken: null,
      filledAt: null,
      changed: true,
    });
    await tellMailboxEvent(tx, { accountId, changes: Number(mirror.changes) + 1, added: {} });
  }, swap);
  await wantMailJob(database(), { task: "fill-mailbox", accountId });
}
