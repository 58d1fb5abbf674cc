/**
 * What a sync asks for beside history, each when its time has come: the names of labels, the messages that Gmail has not
 * given, and to be notified.
 */
import "server-only";
import { database } from "../../db/client.ts";
import type { CopyHead } from "../../domain/copy-head.ts";
import { env } from "../../env.ts";
import { GmailError } from "../../gmail/gmail-error.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { lockCopyHead, moveCopyHead, readCopyHead } from "../../mailbox/copy-head.ts";
import { dueFailures } from "../../mailbox/failed-messages.ts";
import { storeLabels } from "../../mailbox/labels.ts";
import { log } from "../../telemetry/log.ts";
import type { Copy } from "../copy/begin-copy.ts";
import { fetchMessages, noteRefused, storeFetched } from "../copy/bring-in.ts";
import { mendRows } from "../copy/rows-of-copy.ts";
import { distanceMs } from "./distance.ts";
import { labelsNow } from "./labels-now.ts";
import { tellMailboxEvent } from "./mailbox-events.ts";
import { tellCome } from "./tell-come.ts";

/** History says nothing of names. So they are asked for: often while somebody looks, seldom where nothing happens. */
export const labelsAgeMs = { reading: 20_000, changing: 15 * 60_000, idle: 24 * 3_600_000 } as const;

/** Asks for the labels if nobody has for this long, or if messages carry one that nobody has described. 1 unit. */
export async function refreshLabels(
  copy: Copy,
  mailbox: Mailbox,
  { labelsAt }: CopyHead,
  olderThanMs: number,
): Promise<void> {
  const { accountId, sealer } = copy;
  const age = Date.now() - (labelsAt?.getTime() ?? 0);
  if (age < olderThanMs && !(await hasUnknownLabels(copy))) return;
  const labels = await labelsNow(copy, mailbox);
  await database().$transaction(async (tx) => {
    const locked = await lockCopyHead(tx, accountId);
    if (!locked) return;
    const changed = await storeLabels(tx, sealer, accountId, labels);
    await moveCopyHead(tx, accountId, { labelsAt: new Date(), changed });
    if (changed) await tellMailboxEvent(tx, { accountId, revision: locked.revision + 1n }, { added: {} });
  });
}

async function hasUnknownLabels({ accountId }: Copy): Promise<boolean> {
  const unknown = await database().copiedLabel.findFirst({
    where: { accountId, labelSealed: null, labelId: { startsWith: "Label_" }, messages: { gt: 0 } },
    select: { labelId: true },
  });
  return unknown !== null;
}

/** One batch a sync: these are few, and others wait. */
const askedAtOnce = 25;

/**
 * Asks once more for messages that Gmail has named and not given, as far as their time has come. 20 units each.
 * @throws QuotaPause, GmailError, OAuthError
 */
export async function askAgain(copy: Copy, mailbox: Mailbox): Promise<void> {
  const { accountId } = copy;
  const due = await dueFailures(database(), accountId, askedAtOnce);
  const head = due.length > 0 ? await readCopyHead(database(), accountId) : null;
  if (!head) return;
  const { messages } = await fetchMessages(copy, mailbox, due);
  const { found, stored } = await storeFetched(copy, messages, head.revision);
  if (!stored) return; // A change was worked in meanwhile: the next sync asks again.
  await mendRows(copy, found);
  if (found.length > 0) await tellCome(copy, found);
  await noteRefused(copy, messages);
}

/** Gmail's notifications end after seven days, and should be asked for daily. */
const renewedAfterMs = 24 * 3_600_000;

/** A topic that was refused may have been mended meanwhile. */
const refusedApart = { firstMs: 15 * 60_000, factor: 4, longestMs: renewedAfterMs };

/**
 * Asks Gmail to notify us of changes, where a topic for that is set: daily, at once when the topic or the grant is another
 * one, and at growing distances while it is refused. What it is answered holds up nothing else. 100 units.
 * @see https://developers.google.com/workspace/gmail/api/guides/push#renewing_mailbox_watch
 * @throws QuotaPause, OAuthError, AccountUnusableError
 */
export async function renewWatch(head: CopyHead, mailbox: Mailbox): Promise<void> {
  const topic = env().PUBSUB_TOPIC;
  if (!topic || !isDue(head, topic)) return;
  const { accountId } = head;
  const asked = { watchAskedAt: new Date(), watchTopic: topic };
  try {
    await mailbox.watch(topic);
    await moveCopyHead(database(), accountId, { ...asked, watchRefusals: 0 });
  } catch (error) {
    if (!(error instanceof GmailError) || error.code === "aborted") throw error;
    const watchRefusals = head.watchTopic === topic ? head.watchRefusals + 1 : 1;
    await moveCopyHead(database(), accountId, { ...asked, watchRefusals });
    // A topic that does not exist, or that Gmail may not write to, is the operator's to mend: the schedule goes on.
    const { code: failure, status, reason } = error;
    log.error(
      { event: "watch.refused", accountId, failure, status, reason, watchRefusals },
      "Gmail does not accept PUBSUB_TOPIC",
    );
  }
}

function isDue({ watchAskedAt, watchTopic, watchRefusals }: CopyHead, topic: string): boolean {
  if (watchAskedAt === null || watchTopic !== topic) return true;
  const waitMs = watchRefusals === 0 ? renewedAfterMs : distanceMs(refusedApart, watchRefusals);
  return watchAskedAt.getTime() <= Date.now() - waitMs;
}
