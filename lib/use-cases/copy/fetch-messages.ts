import "server-only";
import { database } from "../../db/client.ts";
import { messageIdOf } from "../../domain/ids.ts";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import { GmailError, reachOf } from "../../gmail/gmail-error.ts";
import type { FetchedMessage, Mailbox } from "../../gmail/mailbox.ts";
import type { Copy } from "./begin-copy.ts";

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
