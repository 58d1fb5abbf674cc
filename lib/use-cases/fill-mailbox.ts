import "server-only";
import { database } from "../db/client.ts";
import type { AccountId, MessageId } from "../domain/mail.ts";
import { type Mirror, progressOf } from "../domain/mirror.ts";
import { env } from "../env.ts";
import { BATCH_SIZE } from "../gmail/batch-request.ts";
import { GmailError } from "../gmail/gmail-error.ts";
import type { FetchedMessage, Mailbox } from "../gmail/mailbox.ts";
import type { MessageIdPage } from "../gmail/process-message-ids.ts";
import { tellMailboxEvent } from "../mailbox/events.ts";
import { forgetHardOnes, setAside } from "../mailbox/failed-messages.ts";
import { storeCounts } from "../mailbox/labels.ts";
import { newestOf, readLabelsOf } from "../mailbox/message-rows.ts";
import { moveMirror, readMirror } from "../mailbox/mirror.ts";
import { judgeFailures, keep } from "./bring-in.ts";
import { begunCopy, type Copy } from "./copy.ts";
import type { Step, Turn } from "./mailbox-step.ts";
import { countedLabels } from "./nav-labels.ts";
import { openCopy } from "./open-copy.ts";
import { openMailboxForJob } from "./open-mailbox-for.ts";
import { readStoredLabelsOf } from "./read-labels.ts";

/** Gmail's largest page of ids. */
const listedAtOnce = 500;

/** Rows of one statement. */
const storedAtOnce = 200;

/**
 * Brings in what the copy lacks, newest first, for the length of a turn. Wherever it is interrupted, it goes on there:
 * what is stored is not fetched again.
 * @throws QuotaPause, GmailError, OAuthError, AccountUnusableError
 */
export async function fillMailbox(accountId: AccountId, turn: Turn): Promise<Step> {
  const copy = await openCopy(accountId);
  const mailbox = openMailboxForJob(accountId, "filling", turn.signal);
  let mirror = copy.mirror ?? (await begunCopy(copy, mailbox));
  if (mirror.filledAt) return { done: true };
  await countOnce(copy, mailbox, mirror);
  try {
    do {
      mirror = await fillPage(copy, mailbox, mirror, turn);
      if (!mirror.filledAt) continue;
      await forgetHardOnes(database(), accountId);
      return { done: true };
    } while (!turn.isOver());
    return { done: false, waitMs: 0 };
  } finally {
    await tellProgress(accountId);
  }
}

/** One page of ids, and all messages it names. @returns where the copy stands then */
async function fillPage(copy: Copy, mailbox: Mailbox, mirror: Mirror, turn: Turn): Promise<Mirror> {
  const { accountId } = copy;
  const listed = await listFrom(mailbox, mirror);
  const ids = listed.ids.map(({ id }) => id);
  const missing = await missingOf(copy, ids);
  const all = await bringInAll(copy, mailbox, missing, mirror, turn);
  if (all) {
    const moved = await movedBy(ids, listed.nextPageToken, mirror);
    // A full synchronization that has begun the filling anew wins over a page of the old one.
    await moveMirror(database(), accountId, moved, mirror.changes);
  }
  return (await readMirror(database(), accountId)) ?? { ...mirror, filledAt: new Date() };
}

async function listFrom(mailbox: Mailbox, { fillToken }: Mirror): Promise<MessageIdPage> {
  const request = { maxResults: listedAtOnce, includeSpamTrash: true };
  if (fillToken === null) return mailbox.listMessageIds(request);
  try {
    return await mailbox.listMessageIds({ ...request, pageToken: fillToken });
  } catch (error) {
    // Page tokens expire. From the top on, what is stored already is only listed once more.
    if (!(error instanceof GmailError) || error.code !== "bad-request") throw error;
    return mailbox.listMessageIds(request);
  }
}

async function missingOf({ accountId }: Copy, ids: readonly MessageId[]): Promise<MessageId[]> {
  const stored = await readLabelsOf(database(), accountId, ids);
  const missing = ids.filter((id) => !stored.has(id));
  const aside = missing.length > 0 ? await setAside(database(), accountId, missing) : new Set<MessageId>();
  return missing.filter((id) => !aside.has(id));
}

/**
 * Batch after batch, always one ahead: while one is under way, the one before it is read and stored.
 * @returns false when the turn was over, or a change was worked in meanwhile, before all of them were stored
 */
async function bringInAll(
  copy: Copy,
  mailbox: Mailbox,
  ids: readonly MessageId[],
  { changes }: Mirror,
  turn: Turn,
): Promise<boolean> {
  const state = { waiting: [] as FetchedMessage[], kept: true, pause: null as unknown };
  const store = async () => {
    const fetched = state.waiting;
    state.waiting = [];
    if (fetched.length === 0) return;
    const brought = await keep(copy, fetched, changes);
    state.kept &&= brought.kept;
    await judgeFailures(copy, brought);
  };
  let at = 0;
  // At least one batch: a turn that is too short for anything must not go on forever.
  const mayGoOn = () => at < ids.length && state.kept && state.pause === null && (at === 0 || !turn.isOver());
  const fetchNext = () => {
    const batch = ids.slice(at, at + BATCH_SIZE);
    at += BATCH_SIZE;
    return mailbox.getMessages(batch).catch((error: unknown) => {
      state.pause ??= error;
      return null;
    });
  };
  let storing: Promise<void> = Promise.resolve();
  let coming = mayGoOn() ? fetchNext() : null;
  while (coming) {
    const ahead = mayGoOn() ? fetchNext() : null;
    const fetched = await coming;
    if (fetched) state.waiting.push(...fetched);
    if (state.waiting.length >= storedAtOnce) {
      await storing;
      storing = store();
      storing.catch(() => {}); // Awaited before the next one, or at the end.
    }
    coming = ahead;
  }
  await storing;
  await store();
  if (state.pause !== null) throw state.pause;
  return state.kept && at >= ids.length;
}

/** What a page that is all there moves: where the filling goes on, and down to where nothing is missing. */
async function movedBy(
  ids: readonly MessageId[],
  nextPageToken: string | null,
  { accountId, filledDownToMs }: Mirror,
) {
  if (nextPageToken === null) return { filledAt: new Date(), fillToken: null, filledDownToMs: 0 };
  // Gmail lists newest first, or nearly so: what is newer than all of this page is here.
  const newestMs = await newestOf(database(), accountId, ids);
  const downToMs = Math.min(newestMs ?? Number.POSITIVE_INFINITY, filledDownToMs ?? Number.POSITIVE_INFINITY);
  const stored = (await readMirror(database(), accountId))?.messages ?? 0;
  const depth = env().MIRROR_DEPTH;
  return {
    fillToken: nextPageToken,
    ...(Number.isFinite(downToMs) ? { filledDownToMs: downToMs } : {}),
    ...(depth !== null && stored >= depth ? { filledAt: new Date() } : {}),
  };
}

/** What the rail shows until the copy can be counted itself. A unit for each label. */
async function countOnce(copy: Copy, mailbox: Mailbox, mirror: Mirror): Promise<void> {
  if (mirror.fillToken !== null || mirror.messages > 0) return;
  const { labels, counted } = await readStoredLabelsOf(copy, mirror);
  const ids = countedLabels(labels).filter((id) => !counted.has(id));
  await storeCounts(database(), copy.accountId, await mailbox.countLabels(ids));
}

async function tellProgress(accountId: AccountId): Promise<void> {
  const mirror = await readMirror(database(), accountId);
  if (!mirror) return;
  const changes = Number(mirror.changes);
  await tellMailboxEvent(database(), { accountId, changes, added: {}, filled: progressOf(mirror) });
}
