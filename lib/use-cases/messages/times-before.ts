import "server-only";
import type { AccountId } from "../../domain/mail.ts";
import type { ReadableMessage } from "../../domain/readable-message.ts";
import { replacesTimes, withEarlierTimes } from "../../message/cards.ts";
import { cardsOf } from "../../message/readable.ts";
import { openCopy } from "../copy/open-copy.ts";
import { keptEarlier } from "./opened-message.ts";

/** An event is changed a few times, and each change is a message of its conversation. */
const mostEarlier = 5;
/** An invitation is smaller. What is larger would have to be read beside the thread that serves everybody. */
const largestBytes = 100_000;

/**
 * The message with the times that its invitation replaces, as an earlier one in its conversation says. Only what was opened
 * before is looked at: nothing is asked of Google for it. Costs nothing where there is no invitation.
 */
export async function withTimesBefore(
  accountId: AccountId,
  message: ReadableMessage,
): Promise<ReadableMessage> {
  if (!message.cards.some(replacesTimes)) return message;
  const earlier = await keptEarlier(message, await openCopy(accountId), mostEarlier);
  const small = earlier.filter((kept) => kept.message.sizeBytes <= largestBytes);
  const cards = small.flatMap((kept) => cardsOf(kept.message, kept.loaded));
  return { ...message, cards: withEarlierTimes(message.cards, cards) };
}
