import type { AccountId, Message, MessageId } from "../domain/mail.ts";

/**
 * A page, the frame with its body and the images in it ask for the same message within a moment. It is held in
 * memory that long, and nowhere else.
 */
const keptForMs = 60_000;
const keptAtMost = 40;
const largestKeptBytes = 5_000_000;

interface Kept {
  readonly message: Promise<Message>;
  readonly untilMs: number;
}

const held = globalThis as { latchkeyRecentMessages?: Map<string, Kept> };

function kept(): Map<string, Kept> {
  held.latchkeyRecentMessages ??= new Map();
  return held.latchkeyRecentMessages;
}

async function get(
  accountId: AccountId,
  messageId: MessageId,
  fetch: () => Promise<Message>,
): Promise<Message> {
  const messages = kept();
  const key = `${accountId}/${messageId}`;
  const known = messages.get(key);
  if (known && known.untilMs > Date.now()) {
    try {
      return await known.message;
    } catch {
      // The other reader's fault, or they left: this one asks for itself, and sees for itself.
    }
  }
  const fetched = fetch();
  messages.delete(key);
  const entry = { message: fetched, untilMs: Date.now() + keptForMs };
  messages.set(key, entry);
  setTimeout(() => messages.get(key) === entry && messages.delete(key), keptForMs).unref();
  const [oldest] = messages.keys();
  if (messages.size > keptAtMost && oldest !== undefined) messages.delete(oldest);
  try {
    const message = await fetched;
    if (message.sizeBytes > largestKeptBytes) messages.delete(key);
    return message;
  } catch (error) {
    messages.delete(key);
    throw error;
  }
}

/** Forgets what is held of an account. */
function forget(accountId: AccountId): void {
  for (const key of kept().keys()) if (key.startsWith(`${accountId}/`)) kept().delete(key);
}

export const recentMessages = { get, forget };
