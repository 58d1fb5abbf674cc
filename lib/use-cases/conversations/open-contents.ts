import "server-only";
import type { MessageId } from "../../domain/mail.ts";
import type { MessageSummary, ReadableMessage } from "../../domain/readable-message.ts";
import { GmailError } from "../../gmail/gmail-error.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { recentMessages } from "../../mailbox/recent-messages.ts";
import { AccountUnusableError } from "../accounts/usable-account.ts";
import type { OpenedCopy } from "../copy/open-copy.ts";
import { mailboxFor } from "../google/mailbox-for.ts";
import { keptMessage, type OpenedMessage, openFetched, openSealed } from "../messages/opened-message.ts";
import { type MessageOutcome, orTrouble } from "../messages/read-message.ts";
import { readableOf } from "../messages/readable-of.ts";

/** A message that stands open. */
export interface Shown {
  readonly summary: MessageSummary;
  readonly bodySealed: Uint8Array | null;
}

type Content = Promise<MessageOutcome<ReadableMessage>>;

/**
 * What is read of messages that stand open: of the kept ones at once; the others come from Google, one by itself, several in
 * one batch. None rejects: trouble is what they give then.
 */
export function contentsOf(
  copy: OpenedCopy,
  shown: readonly Shown[],
  signal: AbortSignal | undefined,
): ReadonlyMap<MessageId, Content> {
  const { accountId } = copy;
  const kept = new Map(
    shown.map(({ summary: { id }, bodySealed }) => [
      id,
      // Read with its row, as a rule.
      bodySealed ? openSealed(copy, id, bodySealed) : keptMessage(copy, id),
    ]),
  );
  const missing = Promise.all(
    shown.map(async ({ summary: { id } }) => ((await kept.get(id)) ? [] : [id])),
  ).then((ids) => ids.flat());
  const fetched = missing.then((ids) => fetchMissing(copy, ids, signal));
  fetched.catch(() => {}); // Each of those that wait for it says so.
  return new Map(
    shown.map(({ summary }) => {
      const read = async () => {
        const opened = (await kept.get(summary.id)) ?? (await (await fetched)(summary.id));
        return readableOf(accountId, withLabelsOf(opened, summary));
      };
      return [summary.id, orTrouble(accountId, read)];
    }),
  );
}

/** As the copy has them now, whatever they were when the message was kept. */
const withLabelsOf = ({ message, loaded }: OpenedMessage, { labelIds }: MessageSummary): OpenedMessage => ({
  message: { ...message, labelIds },
  loaded,
});

/** @throws GmailError, OAuthError, AccountUnusableError */
async function fetchMissing(copy: OpenedCopy, ids: readonly MessageId[], signal: AbortSignal | undefined) {
  const { accountId, status } = copy;
  if (ids.length > 0 && status.state !== "ACTIVE") throw new AccountUnusableError(status);
  const mailbox = mailboxFor(accountId, signal);
  const batch = ids.length > 1 ? await fetchBatch(copy, mailbox, ids) : null;
  return async (id: MessageId): Promise<OpenedMessage> => {
    batch?.get(id)?.();
    // Out of the batch a moment ago, or by itself.
    const message = await recentMessages.get(accountId, id, () => mailbox.getMessage(id));
    return openFetched(copy, mailbox, message);
  };
}

/** Fetches them in one batch, to be had from `recentMessages`. @returns by id, what throws where Gmail gave no message */
async function fetchBatch({ accountId }: OpenedCopy, mailbox: Mailbox, ids: readonly MessageId[]) {
  const found = await mailbox.getWholeMessages(ids);
  const judged = new Map<MessageId, () => void>();
  for (const one of found) {
    if (one.status === "found") {
      const { message } = one;
      await recentMessages.get(accountId, message.id, async () => message);
    } else {
      judged.set(one.id, () => {
        throw one.status === "failed"
          ? one.error
          : new GmailError("not-found", "Gmail messages.get: not found", { reason: "notFound" });
      });
    }
  }
  return judged;
}
