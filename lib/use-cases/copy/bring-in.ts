import "server-only";
import { database } from "../../db/client.ts";
import { unlessFull } from "../../db/unless-full.ts";
import { messageIdOf } from "../../domain/ids.ts";
import type { AccountId, Message, MessageId } from "../../domain/mail.ts";
import { GmailError, reachOf } from "../../gmail/gmail-error.ts";
import type { FetchedMessage, Mailbox } from "../../gmail/mailbox.ts";
import { noteFailed } from "../../mailbox/failed-messages.ts";
import { type MessageToStore, storeMessages } from "../../mailbox/write-messages.ts";
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

export interface FetchedMessages {
  readonly messages: readonly FetchedMessage[];
  /** Whether all that were asked for are among them: found, gone, or refused each by itself. */
  readonly whole: boolean;
}

type Failed = Extract<FetchedMessage, { status: "failed" }>;

/**
 * Fetches messages, and tells those that Gmail does not give from a Gmail that gives nothing. Where a call brings none at
 * all, a message that Gmail gave before is asked for; where a batch fails as a whole and others do not, its messages
 * are asked for one by one, until the first that fails so.
 * @throws GmailError when Gmail gives nothing now, or asks for a pause
 */
export async function fetchMessages(
  copy: Copy,
  mailbox: Mailbox,
  ids: readonly MessageId[],
): Promise<FetchedMessages> {
  const fetched = await mailbox.getMessages(ids);
  const failed = fetched.filter((one) => one.status === "failed");
  const [first] = failed;
  if (!first) return { messages: fetched, whole: true };
  const settled = fetched.filter((one) => one.status !== "failed");
  if (settled.length === 0) await requireOthers(copy, mailbox, first.error);
  const unheard = failed.filter(({ own }) => !own);
  if (unheard.length === 0) return { messages: fetched, whole: true };
  const { messages, whole } = await askOneByOne(mailbox, unheard);
  return { messages: [...settled, ...failed.filter(({ own }) => own), ...messages], whole };
}

/** @throws `failure`, when Gmail does not give what it gave before either */
async function requireOthers({ accountId }: Copy, mailbox: Mailbox, failure: GmailError): Promise<void> {
  if (failure.code === "rate-limited") throw failure;
  const id = await anyMessageOf(accountId);
  try {
    if (id === null) await mailbox.getProfile();
    else if ((await mailbox.getMessages([id])).some(({ status }) => status === "failed")) throw failure;
  } catch (error) {
    throw error instanceof GmailError && reachOf(error.code) === "passing" ? failure : error;
  }
}

async function anyMessageOf(accountId: AccountId): Promise<MessageId | null> {
  const known = await database().copiedMessage.findFirst({
    where: { accountId },
    select: { messageId: true },
  });
  return known && messageIdOf(known.messageId);
}

/** A batch fails as a whole when one of its messages is never answered: that one fails by itself, too. */
async function askOneByOne(mailbox: Mailbox, unheard: readonly Failed[]): Promise<FetchedMessages> {
  const [only, ...others] = unheard;
  if (only && others.length === 0) return { messages: [{ ...only, own: true }], whole: true };
  const messages: FetchedMessage[] = [];
  for (const { id } of unheard) {
    const [one] = await mailbox.getMessages([id]);
    if (one?.status === "failed" && one.error.code === "rate-limited") throw one.error;
    if (one) messages.push(one.status === "failed" ? { ...one, own: true } : one);
    // It has cost seconds: the others are asked for later, without it.
    if (one?.status === "failed") return { messages, whole: messages.length === unheard.length };
  }
  return { messages, whole: true };
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
