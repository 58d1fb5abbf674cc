import "server-only";
import { database } from "../../db/client.ts";
import { unlessFull } from "../../db/unless-full.ts";
import type { AccountId, Message, MessageId } from "../../domain/mail.ts";
import { env } from "../../env.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { openBody, readBody, readEarlierBodies, storeBody } from "../../mailbox/bodies.ts";
import { readLabelsOf } from "../../mailbox/message-rows.ts";
import { recentMessages } from "../../mailbox/recent-messages.ts";
import { bodyPartsToLoad } from "../../message/content.ts";
import { log, messageOf } from "../../telemetry/log.ts";
import { doesNotOpen } from "../../vault/credential-store.ts";
import { AccountUnusableError } from "../accounts/usable-account.ts";
import type { Copy } from "../copy/begin-copy.ts";
import { storeFetched } from "../copy/bring-in.ts";
import { type OpenedCopy, openCopy } from "../copy/open-copy.ts";
import { mailboxFor } from "../google/mailbox-for.ts";

/** A message with all that is needed to read it. Its attachments' ids are good for a short while only. */
export interface OpenedMessage {
  readonly message: Message;
  /** Texts that Gmail keeps apart, by the id of their part. */
  readonly loaded: ReadonlyMap<string, Uint8Array>;
}

/** Texts that Gmail keeps apart are fetched up to this size in all; what is beyond is said to be too large. */
const largestTextBytes = 5_000_000;

/** What is larger is fetched again when it is opened again. */
const largestKeptCharacters = 8_000_000;

/**
 * A message as it was kept, with the labels of now; one that was never opened is fetched, once, and kept.
 * @throws GmailError, OAuthError, AccountUnusableError
 */
export async function openedMessage(
  accountId: AccountId,
  messageId: MessageId,
  signal?: AbortSignal | null,
): Promise<OpenedMessage> {
  const copy = await openCopy(accountId);
  const { status } = copy;
  const kept = await keptMessage(copy, messageId);
  if (kept !== null) return withLabelsOfNow(copy, kept);
  if (status.state !== "ACTIVE") throw new AccountUnusableError(status);
  const mailbox = mailboxFor(accountId, signal);
  const message = await fetchedMessage(accountId, messageId, mailbox);
  return openFetched(copy, mailbox, message);
}

/** A message that was just fetched, with its texts; kept from now on. */
export async function openFetched(
  copy: OpenedCopy,
  mailbox: Mailbox,
  message: Message,
): Promise<OpenedMessage> {
  const { head } = copy;
  const opened = { message, loaded: await loadTexts(message, mailbox) };
  if (head && env().BODY_CACHE_DAYS > 0) await keepOpened(copy, opened, head.revision);
  return opened;
}

/** The message as it was kept; null when it was not, or no longer is. */
export const keptMessage = (copy: Copy, messageId: MessageId): Promise<OpenedMessage | null> =>
  openKept(copy, messageId, () => readBody(database(), copy.sealer, copy.accountId, messageId));

/** A message as it was kept, of the sealed body that was read with it. */
export const openSealed = (
  copy: Copy,
  messageId: MessageId,
  bodySealed: Uint8Array,
): Promise<OpenedMessage | null> =>
  openKept(copy, messageId, () => openBody(copy.sealer, messageId, bodySealed));

/**
 * The message as it was kept; null when it was not, or does not open: then it is fetched anew and kept in the place of what
 * nobody can read. Each is a line in the log, so that they can be counted.
 */
function openKept(
  { accountId }: Copy,
  messageId: MessageId,
  read: () => Promise<string | null>,
): Promise<OpenedMessage | null> {
  return unlessUnreadable({ accountId, messageId }, async () => {
    const kept = await read();
    return kept === null ? null : parse(kept);
  });
}

/** Messages of a thread that were opened and kept, those received before this one, the newest first. */
export async function keptEarlier(
  { id, threadId, internalDateMs }: Pick<Message, "id" | "threadId" | "internalDateMs">,
  { accountId, sealer }: Copy,
  most: number,
): Promise<OpenedMessage[]> {
  const kept = await unlessUnreadable({ accountId, messageId: id }, async () => {
    const asked = { threadId, beforeMs: internalDateMs, most };
    return (await readEarlierBodies(database(), sealer, accountId, asked)).map(parse);
  });
  return kept ?? [];
}

async function unlessUnreadable<Kept>(
  about: { readonly accountId: AccountId; readonly messageId: MessageId },
  read: () => Promise<Kept | null>,
): Promise<Kept | null> {
  try {
    return await read();
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    log.warn(
      { event: "message.unseal.failed", ...about, error: messageOf(error) },
      "a kept message does not open; what does is shown",
    );
    return null;
  }
}

/** It was sealed with another key or for another row, or what was sealed is not what was kept. */
function isUnreadable(error: unknown): boolean {
  const isUnpacked = error instanceof SyntaxError || error instanceof TypeError;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return doesNotOpen(error) || isUnpacked || code.startsWith("Z_");
}

/** The message as Gmail has it; asked for once by those who want it within a moment. */
export const fetchedMessage = (
  accountId: AccountId,
  messageId: MessageId,
  mailbox: Mailbox,
): Promise<Message> => recentMessages.get(accountId, messageId, () => mailbox.getMessage(messageId));

async function loadTexts(message: Message, mailbox: Mailbox): Promise<Map<string, Uint8Array>> {
  const loaded = new Map<string, Uint8Array>();
  let room = largestTextBytes;
  for (const { partId, attachmentId, sizeBytes } of bodyPartsToLoad(message)) {
    if (sizeBytes > room) continue;
    room -= sizeBytes;
    loaded.set(partId, await mailbox.getAttachment(message.id, attachmentId));
  }
  return loaded;
}

async function keepOpened(copy: Copy, opened: OpenedMessage, revision: bigint): Promise<void> {
  const { accountId, sealer } = copy;
  const text = serialize(opened);
  if (text.length > largestKeptCharacters) return;
  const { message } = opened;
  await storeFetched(copy, [{ status: "found", message }], revision);
  await unlessFull(storeBody(database(), sealer, accountId, message.id, text), undefined);
}

async function withLabelsOfNow({ accountId }: Copy, opened: OpenedMessage): Promise<OpenedMessage> {
  const { message } = opened;
  const labelIds = (await readLabelsOf(database(), accountId, [message.id])).get(message.id);
  return { ...opened, message: { ...message, labelIds: labelIds ?? message.labelIds } };
}

interface Serialized {
  readonly message: Message;
  readonly loaded: readonly (readonly [partId: string, base64: string])[];
}

function serialize({ message, loaded }: OpenedMessage): string {
  const parts = [...loaded].map(
    ([partId, bytes]) => [partId, Buffer.from(bytes).toString("base64")] as const,
  );
  return JSON.stringify({ message, loaded: parts } satisfies Serialized);
}

function parse(text: string): OpenedMessage {
  // Written by `serialize` alone, and sealed since.
  const { message, loaded } = JSON.parse(text) as Serialized;
  return {
    message,
    loaded: new Map(loaded.map(([partId, base64]) => [partId, Buffer.from(base64, "base64")])),
  };
}
