import "server-only";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import { bodyPartsToLoad } from "../../message/content.ts";
import { wholeTextWithoutBlocking } from "../../message/worker/reading-pool.ts";
import { byteStream } from "./byte-stream.ts";
import { limitedRead } from "./limited-read.ts";
import { openedMessage } from "./opened-message.ts";
import { type MessageOutcome, orTrouble } from "./read-message.ts";

/** All of a message's text, however long, to be saved. Texts that are too large to be fetched are said to be left out. */
export function readWholeText(
  accountId: AccountId,
  messageId: MessageId,
  /** Said at the end of a text of which a part is left out. */
  leftOut: string,
  signal: AbortSignal,
): Promise<MessageOutcome<ReadableStream<Uint8Array>>> {
  return orTrouble(accountId, async () => {
    const { message, loaded } = await openedMessage(accountId, messageId, signal);
    const text = await limitedRead(accountId, () => wholeTextWithoutBlocking({ message, loaded }, signal));
    const isWhole = bodyPartsToLoad(message).every(({ partId }) => loaded.has(partId));
    return byteStream(encoded(isWhole ? text : `${text}\n\n${leftOut}\n`));
  });
}

/** Characters that are encoded at a time. */
const share = 65_536;

function* encoded(text: string): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (let at = 0; at < text.length; ) {
    // Not between the halves of a character.
    const isWithin = /[\ud800-\udbff]$/u.test(text.slice(at, at + share));
    const end = at + share - (isWithin ? 1 : 0);
    yield encoder.encode(text.slice(at, end));
    at = end;
  }
}
