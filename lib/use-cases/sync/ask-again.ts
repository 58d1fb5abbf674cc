import "server-only";
import { database } from "../../db/client.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { readCopyHead } from "../../mailbox/copy-head.ts";
import { dueFailures } from "../../mailbox/failed-messages.ts";
import type { Copy } from "../copy/begin-copy.ts";
import { noteRefused, storeFetched } from "../copy/bring-in.ts";
import { fetchMessages } from "../copy/fetch-messages.ts";
import { mendRows } from "../copy/rows-of-copy.ts";
import { tellCome } from "./tell-come.ts";

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
