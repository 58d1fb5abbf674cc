import "server-only";
import { database } from "../../db/client.ts";
import type { MessageId } from "../../domain/mail.ts";
import type { MessageSummary } from "../../domain/readable-message.ts";
import { readMessages } from "../../mailbox/message-rows.ts";
import { unlessUnusable } from "../accounts/usable-account.ts";
import type { Copy } from "../copy/begin-copy.ts";
import { reportDamaged, rowOfCopy } from "../copy/rows-of-copy.ts";

/** What lists show of a message, out of the copy alone: all there is of one that was never opened while Google is away. */
export async function knownMessage(opening: Promise<Copy>, id: MessageId): Promise<MessageSummary | null> {
  const copy = await unlessUnusable(opening);
  const stored = copy && (await readMessages(database(), copy.sealer, copy.accountId, [id])).get(id);
  if (copy && stored) await reportDamaged(copy.accountId, [stored]);
  const row = stored && rowOfCopy(stored);
  return row?.kind === "message" ? row.message : null;
}
