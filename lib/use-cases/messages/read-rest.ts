import "server-only";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import { frameDocument } from "../../message/frame.ts";
import { restHtml } from "../../message/rest.ts";
import { restWithoutBlocking } from "../../message/worker/reading-pool.ts";
import { byteStream } from "./byte-stream.ts";
import { limitedRead } from "./limited-read.ts";
import { openedMessage } from "./opened-message.ts";
import { type MessageOutcome, orTrouble } from "./read-message.ts";

/** Stands where the text comes in; no message holds it, since it is made of characters that no text keeps. */
const place = "\u0000rest\u0000";

/**
 * What stands behind the text that the page shows, as a document for a frame: made as it is taken, so that the first lines are
 * there before the last are made.
 */
export function readRest(
  accountId: AccountId,
  messageId: MessageId,
  /** All of the text, with what the page shows. */
  isWhole: boolean,
  signal: AbortSignal,
): Promise<MessageOutcome<ReadableStream<Uint8Array>>> {
  return orTrouble(accountId, async () => {
    const { message, loaded } = await openedMessage(accountId, messageId, signal);
    const texts = await limitedRead(accountId, () =>
      restWithoutBlocking({ message, loaded, isWhole }, signal),
    );
    if (texts.length === 0) return null;
    const body = { html: place, css: "", pictures: [], hasOwnColors: false };
    const none = new Map<string, string>();
    const words = { quotedText: "", linkNote: () => "" };
    const options = { inlineImages: none, remoteImages: none, colors: "adapted", ...words } as const;
    const [head = "", tail = ""] = frameDocument(body, options).split(place);
    return byteStream(encoded(head, restHtml(texts), tail));
  });
}

function* encoded(head: string, pieces: Iterable<string>, tail: string): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(head);
  for (const piece of pieces) yield encoder.encode(piece);
  yield encoder.encode(tail);
}
