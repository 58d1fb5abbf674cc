import "server-only";
import { database } from "../../db/client.ts";
import { unlessFull } from "../../db/unless-full.ts";
import type { Message, MessageId } from "../../domain/mail.ts";
import type { GmailError } from "../../gmail/gmail-error.ts";
import type { FetchedMessage, Mailbox } from "../../gmail/mailbox.ts";
import { noteFailed } from "../../mailbox/failed-messages.ts";
import { type MessageToStore, storeMessages } from "../../mailbox/store-messages.ts";
import { metadataOf } from "../../message/summary.ts";
import { log } from "../../telemetry/log.ts";
import type { Copy } from "./begin-copy.ts";

export interface BroughtIn {
  readonly found: readonly Message[];
  readonly failed: ReadonlyMap<MessageId, GmailError>;
  /** Those that are deleted at Gmail. */
  readonly gone: ReadonlySet<MessageId>;
  /** Whether they are in the copy now; not when a change was worked in meanwhile that may concern them. */
  readonly stored: boolean;
}

/**
 * Fetches messages and keeps them.
 * @param revision the copy's, read before this is called
 */
export async function bringIn(
  copy: Copy,
  mailbox: Mailbox,
  ids: readonly MessageId[],
  revision: bigint,
): Promise<BroughtIn> {
  if (ids.length === 0) return { found: [], failed: new Map(), gone: new Set(), stored: true };
  return storeFetched(copy, await mailbox.getMessages(ids), revision);
}

/**
 * Keeps what was fetched.
 * @param revision as they were before the fetch began
 * @param arrived whether they have just come to Google
 */
export async function storeFetched(
  { accountId, sealer }: Copy,
  fetched: readonly FetchedMessage[],
  revision: bigint,
  arrived = false,
): Promise<BroughtIn> {
  const found = fetched.flatMap((one) => (one.status === "found" ? [one.message] : []));
  const failed = new Map(
    fetched.flatMap((one) => (one.status === "failed" ? [[one.id, one.error] as const] : [])),
  );
  const gone = new Set(fetched.flatMap((one) => (one.status === "gone" ? [one.id] : [])));
  const stored = await unlessFull(
    storeMessages(database(), sealer, accountId, revision, found.values().map(toStore), arrived),
    null,
  );
  return { found, failed, gone, stored: stored !== null };
}

/** As it goes into the copy. */
export function toStore(message: Message): MessageToStore {
  const { id, internalDateMs, historyId, labelIds, threadId } = message;
  const metadata = metadataOf(message);
  return {
    ...{ id, internalDateMs, historyId, labelIds, threadId },
    from: metadata.from,
    metadata: JSON.stringify(metadata),
  };
}

/**
 * Writes down which of these Gmail names and does not give: each by its own tries. They hold up nothing; they are asked for
 * again when their time comes.
 * @throws GmailError `rate-limited`, when that is why some did not come: that is no message's fault
 */
export async function noteRefused({ accountId }: Copy, fetched: readonly FetchedMessage[]): Promise<void> {
  const causes = new Map<MessageId, string>();
  let limited: GmailError | null = null;
  for (const one of fetched) {
    if (one.status === "gone") causes.set(one.id, "not-found");
    if (one.status !== "failed") continue;
    if (one.error.code === "rate-limited") limited = one.error;
    else causes.set(one.id, one.error.reason ?? one.error.code);
  }
  const aside = causes.size > 0 ? await noteFailed(database(), accountId, causes) : [];
  if (aside.length > 0) {
    const failures = [...new Set(aside.map((id) => causes.get(id)))];
    log.error(
      { event: "messages.withheld", accountId, messages: aside.length, failures },
      "Gmail names messages that it does not give; they are set aside, and asked for seldom",
    );
  }
  if (limited) throw limited;
}
