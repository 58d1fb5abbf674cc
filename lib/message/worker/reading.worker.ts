/** What a worker thread does: reads a message that is too large for the thread that serves everybody. */

import type { Message } from "../../domain/mail.ts";
import type { ReadableMessage } from "../../domain/readable-message.ts";
import { makeReadable } from "../readable.ts";
import { wholeText } from "../whole-text.ts";

export interface ReadingTask {
  readonly message: Message;
  /** Texts that Gmail keeps apart, by the id of their part. */
  readonly loaded: ReadonlyMap<string, Uint8Array>;
}

export const readable = ({ message, loaded }: ReadingTask): ReadableMessage =>
  makeReadable(message, { loaded });

export const text = ({ message, loaded }: ReadingTask): string => wholeText(message, loaded);
