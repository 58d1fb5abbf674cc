import "server-only";
import { database } from "../db/client.ts";
import type { AccountId, MessageId } from "../domain/mail.ts";
import { readMessages } from "../mailbox/message-rows.ts";
import type { MessageSummary } from "../message/types.ts";
import { openCopy } from "./open-copy.ts";
import { toRow } from "./stored-page.ts";
import { AccountUnusableError } from "./usable-account.ts";

/** What lists show of a message, out of the copy alone: all there is of one that was never opened while Google is away. */
export async function knownMessage(accountId: AccountId, id: MessageId): Promise<MessageSummary | null> {
  try {
    const { sealer } = await openCopy(accountId);
    const stored = (await readMessages(database(), sealer, accountId, [id])).get(id);
    const row = stored && toRow(stored);
    return row?.kind === "message" ? row.message : null;
  } catch (error) {
    if (error instanceof AccountUnusableError) return null;
    throw error;
  }
}
