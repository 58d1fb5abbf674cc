import "server-only";
import { database } from "../../db/client.ts";
import type { ConversationEntry, LeftOut } from "../../domain/conversation.ts";
import { labelIdOf } from "../../domain/ids.ts";
import type { LabelId, MessageId } from "../../domain/mail.ts";
import type { MessageSummary, ReadableMessage } from "../../domain/readable-message.ts";
import type { Trouble } from "../../domain/trouble.ts";
import { type ConversationRow, openAtMost, readConversationRows } from "../../mailbox/conversations.ts";
import { readMessages } from "../../mailbox/message-rows.ts";
import type { OpenedCopy, RequestCopy } from "../copy/open-copy.ts";
import { reportDamaged, rowOfCopy } from "../copy/rows-of-copy.ts";
import { openedMessage } from "../messages/opened-message.ts";
import { type MessageOutcome, orTrouble } from "../messages/read-message.ts";
import { readableOf } from "../messages/readable-of.ts";
import { contentsOf } from "./open-contents.ts";

export interface ConversationMessage extends ConversationEntry {
  /** What is read of it, where it stands open: at hand, or on its way from Google. */
  readonly content: Promise<MessageOutcome<ReadableMessage>> | null;
}

export interface Conversation {
  /** Oldest first; the one that was asked for is among them, open. */
  readonly messages: readonly ConversationMessage[];
  readonly leftOut: readonly LeftOut[];
}

export type ConversationOutcome =
  | { readonly ok: true; readonly conversation: Conversation }
  | { readonly ok: false; readonly trouble: Trouble | "not-found" };

/** Which messages stand open beside the one asked for, what is unread and the newest. */
export type Unfolded = readonly MessageId[] | "all";

/**
 * The conversation of a message, as Gmail shows it: from the copy, at once; bodies that are not kept are on their way, in one
 * batch. A message that the copy does not know is fetched first.
 */
export async function readConversation(
  { accountId, copy: opening, signal }: RequestCopy,
  id: MessageId,
  unfolded: Unfolded,
): Promise<ConversationOutcome> {
  const outcome = await orTrouble(accountId, async () => {
    const copy = await opening;
    const known = await conversationOf(copy, id, unfolded, signal);
    if (known) return known;
    const opened = await openedMessage(accountId, id, signal);
    return (await conversationOf(copy, id, unfolded, signal)) ?? alone(await readableOf(accountId, opened));
  });
  return outcome.ok ? { ok: true, conversation: outcome.content } : { ok: false, trouble: outcome.trouble };
}

const alone = (message: ReadableMessage): Conversation => ({
  messages: [{ summary: message, isOpen: true, content: Promise.resolve({ ok: true, content: message }) }],
  leftOut: [],
});

/** Null where the copy does not have the message that was asked for, or has it damaged. */
async function conversationOf(
  copy: OpenedCopy,
  asked: MessageId,
  unfolded: Unfolded,
  signal: AbortSignal | undefined,
): Promise<Conversation | null> {
  const all = await threadRows(copy, asked, unfolded);
  await reportDamaged(
    copy.accountId,
    all.map(({ message }) => message),
  );
  const known = all.flatMap(({ message, bodySealed }) => {
    const row = rowOfCopy(message);
    return row.kind === "message" ? [{ summary: row.message, bodySealed }] : [];
  });
  const itself = known.find(({ summary }) => summary.id === asked);
  if (!itself) return null;
  const place = placeOf(itself.summary);
  const shown = known.filter(({ summary }) => placeOf(summary) === place);
  const open = openOf(
    shown.map(({ summary }) => summary),
    asked,
    unfolded,
  );
  const contents = contentsOf(
    copy,
    shown.filter(({ summary }) => open.has(summary.id)),
    signal,
  );
  return {
    messages: shown.map(({ summary }) => ({
      summary,
      isOpen: open.has(summary.id),
      content: contents.get(summary.id) ?? null,
    })),
    leftOut: place === "mail" ? leftOutOf(known.map(({ summary }) => summary)) : [],
  };
}

async function threadRows(
  { accountId, sealer }: OpenedCopy,
  asked: MessageId,
  unfolded: Unfolded,
): Promise<readonly ConversationRow[]> {
  const rows = await readConversationRows(database(), sealer, accountId, asked, unfolded);
  if (rows.length > 0) return rows;
  // Its thread has no column yet: it stands by itself.
  const message = (await readMessages(database(), sealer, accountId, [asked])).get(asked);
  return message ? [{ message, bodySealed: null }] : [];
}

const [spam, bin] = [labelIdOf("SPAM"), labelIdOf("TRASH")];

/** Gmail shows what is in spam, what is in the bin and the rest of a conversation apart from each other. */
const placeOf = ({ labelIds }: { readonly labelIds: readonly LabelId[] }): "spam" | "bin" | "mail" =>
  labelIds.includes(bin) ? "bin" : labelIds.includes(spam) ? "spam" : "mail";

function leftOutOf(all: readonly MessageSummary[]): LeftOut[] {
  return (["spam", "bin"] as const).flatMap((where) => {
    const there = all.filter((summary) => placeOf(summary) === where);
    const newest = there.at(-1);
    return newest ? [{ where, count: there.length, newest: newest.id }] : [];
  });
}

/** Those that stand open: what was asked for before the rest, and never more than a page holds. */
function openOf(
  shown: readonly MessageSummary[],
  asked: MessageId,
  unfolded: Unfolded,
): ReadonlySet<MessageId> {
  const newest = shown.at(-1);
  const isUnfolded = ({ id }: MessageSummary) => unfolded === "all" || unfolded.includes(id);
  const wanted = [
    asked,
    ...(newest ? [newest.id] : []),
    ...shown.filter(isUnfolded).map(({ id }) => id),
    ...shown
      .filter(({ unread }) => unread)
      .map(({ id }) => id)
      .reverse(),
  ];
  return new Set([...new Set(wanted)].slice(0, openAtMost));
}
