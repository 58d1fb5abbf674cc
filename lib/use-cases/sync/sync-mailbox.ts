import "server-only";
import { database } from "../../db/client.ts";
import type { CopyHead } from "../../domain/copy-head.ts";
import type { AccountId } from "../../domain/mail.ts";
import { GmailError } from "../../gmail/gmail-error.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { moveCopyHead, noteAddress, noteInStep } from "../../mailbox/copy-head.ts";
import { nextTryAt } from "../../mailbox/failed-messages.ts";
import type { Step, TimeSlice } from "../../queue/mail-jobs.ts";
import type { Copy } from "../copy/begin-copy.ts";
import { openCopy } from "../copy/open-copy.ts";
import { mailboxForJob } from "../google/mailbox-for.ts";
import { isBeingRead } from "../google/quota.ts";
import { askAgain, labelsAgeMs, refreshLabels, renewWatch } from "./beside-history.ts";
import { followHistory } from "./follow-history.ts";
import { listOn } from "./full-sync.ts";
import { tellMailboxState } from "./mailbox-state.ts";
import { noteFollowed, relist } from "./relist.ts";

/** An account that nobody looks at: a few seconds under a quarter of an hour, since each sync costs a unit. */
const idleMs = { least: 888_000, spread: 6_000 } as const;
const readMs = { least: 45_000, spread: 10_000 } as const;

/**
 * Brings the copy into step with the mailbox: works in what its history tells, or, when Gmail no longer tells it, lists
 * everything anew beside the copy. One at a time for an account; a second one at once does no harm.
 * @throws QuotaPause, GmailError, OAuthError, AccountUnusableError
 */
export async function syncMailbox(accountId: AccountId, slice: TimeSlice): Promise<Step> {
  const copy = await openCopy(accountId);
  const { head } = copy;
  if (!head) return { done: true }; // The filling begins it.
  const askedAt = new Date();
  const mailbox = mailboxForJob(accountId, "sync", slice.signal);
  if (head.listing) return { done: false, waitMs: await listOn(copy, mailbox, head.listing, slice) };
  const someoneReads = await isBeingRead(accountId);
  const idle = !someoneReads && (await isUnchanged(mailbox, head));
  const followed = idle ? "in-step" : await followOrList(copy, mailbox, head);
  if (followed === "begun") return again;
  await refreshLabels(
    copy,
    mailbox,
    head,
    labelsAgeMs[someoneReads ? "reading" : idle ? "idle" : "changing"],
  );
  await askAgain(copy, mailbox);
  await renewWatch(head, mailbox);
  if (followed === "later") await moveCopyHead(database(), accountId, { dueAt: dueIn(someoneReads) });
  else await noteStep(accountId, someoneReads, askedAt);
  return { done: true };
}

/** What Gmail tells; where it tells nothing of use, the mailbox is listed anew, in its time. */
async function followOrList(copy: Copy, mailbox: Mailbox, head: CopyHead) {
  try {
    if (!(await followHistory(copy, mailbox, head))) return "begun";
    await noteFollowed(copy, head);
    return "in-step";
  } catch (error) {
    if (!(error instanceof GmailError) || !isOfNoUse(error, head)) throw error;
    return relist(copy, mailbox, head);
  }
}

/** A history that cannot be read may be told rightly the next moment; one that stays so is as good as expired. */
function isOfNoUse({ code, reason }: GmailError, { trouble }: CopyHead): boolean {
  if (code === "history-expired") return true;
  return (
    reason === "malformed-answer" && trouble !== null && trouble.since.getTime() < Date.now() - unreadableMs
  );
}

const unreadableMs = 10 * 60_000;

const again: Step = { done: false, waitMs: 0 };

/** An idle mailbox is asked by its profile, which costs half as much as its history. */
async function isUnchanged(mailbox: Mailbox, { accountId, historyId }: CopyHead): Promise<boolean> {
  const profile = await mailbox.getProfile();
  await noteAddress(database(), accountId, profile.emailAddress);
  return profile.historyId === historyId;
}

function dueIn(someoneReads: boolean): Date {
  const { least, spread } = someoneReads ? readMs : idleMs;
  return new Date(Date.now() + least + Math.random() * spread);
}

async function noteStep(accountId: AccountId, someoneReads: boolean, askedAt: Date): Promise<void> {
  const usual = dueIn(someoneReads);
  const again = await nextTryAt(database(), accountId);
  const dueAt = again && again < usual ? again : usual;
  const wasInTrouble = await noteInStep(database(), accountId, { dueAt, syncedAt: askedAt });
  if (wasInTrouble) await tellMailboxState(accountId, "in-step");
}
