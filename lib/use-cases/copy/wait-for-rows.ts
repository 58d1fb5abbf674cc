import "server-only";
import { database } from "../../db/client.ts";
import { unlessFull } from "../../db/unless-full.ts";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import { wantMessages } from "../../mailbox/wanted-messages.ts";
import { enqueueMailJob } from "../../queue/mail-jobs.ts";

/**
 * A page shows the places of these messages: they are fetched before anything else, from its top down, and the page is told
 * when they are here. A page that goes on waiting says so again within a minute.
 */
export async function waitFor(accountId: AccountId, ids: readonly MessageId[]): Promise<void> {
  if (ids.length === 0) return;
  await unlessFull(wantMessages(database(), accountId, ids), undefined);
  await unlessFull(enqueueMailJob(database(), { task: "show-rows", accountId }), undefined);
}
