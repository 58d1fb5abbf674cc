import "server-only";
import { database } from "../db/client.ts";
import type { Message, MessageId } from "../domain/mail.ts";
import type { GmailError } from "../gmail/gmail-error.ts";
import type { FetchedMessage, Mailbox } from "../gmail/mailbox.ts";
import { noteFailed } from "../mailbox/failed-messages.ts";
import { type MessageToStore, storeMessages } from "../mailbox/store-messages.ts";
import { metadataOf } from "../message/metadata.ts";
import { log } from "../telemetry/log.ts";
import type { Copy } from "./copy.ts";

export interface BroughtIn {
  readonly found: readonly Message[];
  readonly failed: ReadonlyMap<MessageId, GmailError>;
  /** Whether they are in the copy now; not when a change was worked in meanwhile that may concern them. */
  readonly kept: boolean;
}

/**
 * Fetches messages and keeps them.
 * @param changes the copy's `changes`, read before this is called
 * @param arrived whether they have just come to Google
 */
export async function bringIn(
  copy: Copy,
  mailbox: Mailbox,
  ids: readonly MessageId[],
  changes: bigint,
  arrived = false,
): Promise<BroughtIn> {
  if (ids.length === 0) return { found: [], failed: new Map(), kept: true };
  return keep(copy, await mailbox.getMessages(ids), changes, arrived);
}

/** Keeps what was fetched. @param changes as they were before the fetch began */
export async function keep(
  { accountId, sealer }: Copy,
  fetched: readonly FetchedMessage[],
  changes: bigint,
  arrived = false,
): Promise<BroughtIn> {
  const found = fetched.flatMap((one) => (one.status === "found" ? [one.message] : []));
  const failed = new Map(
    fetched.flatMap((one) => (one.status === "failed" ? [[one.id, one.error] as const] : [])),
  );
  const stored = await storeMessages(
    database(),
    sealer,
    accountId,
    changes,
    found.values().map(toStore),
    arrived,
  );
  return { found, failed, kept: stored !== null };
}

const toStore = (message: Message): MessageToStore => ({
  id: message.id,
  internalDateMs: message.internalDateMs,
  historyId: message.historyId,
  labelIds: message.labelIds,
  metadata: JSON.stringify(metadataOf(message)),
});

/**
 * Writes down which messages Gmail names and does not give, where it gave others beside them: when it gives nothing
 * at all, that is no message's fault.
 * @throws GmailError the first failure, when it is Google's own trouble or a message may still come
 */
export async function judgeFailures({ accountId }: Copy, { found, failed }: BroughtIn): Promise<void> {
  const [first] = failed.values();
  if (!first) return;
  if (found.length === 0 && failed.size > 1) throw first;
  const causes = new Map([...failed].map(([id, error]) => [id, error.code]));
  const aside = await noteFailed(database(), accountId, causes);
  if (aside.length > 0) {
    log.error(
      { accountId, messages: aside.length, failure: first.code },
      "Gmail names messages that it does not give; they are set aside",
    );
  }
  if (aside.length < failed.size) throw first;
}
