import "server-only";
import { database } from "../../db/client.ts";
import type { LabelId, Message } from "../../domain/mail.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { tellMailboxEvent } from "../../mailbox/events.ts";
import { dueFailures, forgetFailed } from "../../mailbox/failed-messages.ts";
import { lockMirror, moveMirror, readMirror } from "../../mailbox/mirror.ts";
import { keep, noteRefused } from "../bring-in.ts";
import { fetchMessages } from "../copy/fetch-messages.ts";
import type { Copy } from "../copy.ts";
import { countByList } from "../follow-history.ts";

/** One batch a turn: these are few, and others wait. */
const askedAtOnce = 25;

/**
 * Asks once more for messages that Gmail has named and not given, as far as their time has come. 20 units each.
 * @throws QuotaPause, GmailError, OAuthError
 */
export async function askAgain(copy: Copy, mailbox: Mailbox): Promise<void> {
  const { accountId } = copy;
  const due = await dueFailures(database(), accountId, askedAtOnce);
  const mirror = due.length > 0 ? await readMirror(database(), accountId) : null;
  if (!mirror) return;
  const { messages } = await fetchMessages(copy, mailbox, due);
  const { found, kept } = await keep(copy, messages, mirror.changes);
  if (!kept) return; // A change was worked in meanwhile: the next turn asks again.
  if (found.length > 0) await tellOf(copy, found);
  await noteRefused(copy, messages);
}

/** They are on open pages at once. */
async function tellOf({ accountId }: Copy, found: readonly Message[]): Promise<void> {
  await database().$transaction(async (tx) => {
    const mirror = await lockMirror(tx, accountId);
    if (!mirror) return;
    const ids = found.map(({ id }) => id);
    await forgetFailed(tx, accountId, ids);
    await moveMirror(tx, accountId, { changed: true });
    const labels = new Map<string, readonly LabelId[]>(found.map(({ id, labelIds }) => [id, labelIds]));
    const changes = Number(mirror.changes) + 1;
    await tellMailboxEvent(tx, { accountId, changes, added: countByList(labels) });
  });
}
