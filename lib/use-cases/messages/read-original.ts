import "server-only";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import type { OriginalMessage } from "../../domain/original-message.ts";
import { makeOriginal, shownSourceBytes } from "../../message/original/original.ts";
import { downloadDeadlineMs, mailboxFor } from "../google/mailbox-for.ts";
import { peek } from "./peek.ts";
import { type MessageOutcome, orTrouble } from "./read-message.ts";

/** A message as it was sent. Of a long one the beginning is fetched, and no more. */
export function readOriginal(
  accountId: AccountId,
  messageId: MessageId,
  signal: AbortSignal | null | undefined,
): Promise<MessageOutcome<OriginalMessage>> {
  return orTrouble(accountId, async () => {
    const download = await mailboxFor(accountId, signal, downloadDeadlineMs).openRawMessage(messageId);
    const { beginning, isWhole, leave } = await peek(download, ({ length }) => length > shownSourceBytes);
    await leave();
    return makeOriginal(beginning, isWhole);
  });
}
