import "server-only";
import { database } from "../../db/client.ts";
import type { CopyHead } from "../../domain/copy-head.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { failedOf } from "../../mailbox/failed-messages.ts";
import { readLabelsOf } from "../../mailbox/message-rows.ts";
import type { Copy } from "../copy/begin-copy.ts";
import { fetchMessages, noteRefused, storeFetched } from "../copy/bring-in.ts";
import { tellCome } from "./tell-come.ts";

const lookedAt = 50;

/** The newest messages, as far as the copy lacks them: what a reader waits for while there is no history. 5 units, 20 each. */
export async function bringNewest(copy: Copy, mailbox: Mailbox, { revision }: CopyHead): Promise<void> {
  const { accountId } = copy;
  const listed = await mailbox.listMessageIds({ maxResults: lookedAt, includeSpamTrash: true });
  const ids = listed.ids.map(({ id }) => id);
  const stored = await readLabelsOf(database(), accountId, ids);
  const failed = await failedOf(database(), accountId, ids);
  const missing = ids.filter((id) => !stored.has(id) && !failed.has(id));
  if (missing.length === 0) return;
  const { messages } = await fetchMessages(copy, mailbox, missing);
  const { found, stored: areStored } = await storeFetched(copy, messages, revision, true);
  if (!areStored) return;
  if (found.length > 0) await tellCome(copy, found);
  await noteRefused(copy, messages);
}
