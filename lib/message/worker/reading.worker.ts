/** What a worker thread does: reads a message that is too large for the thread that serves everybody. */

import type { FilePreview } from "../../domain/file-preview.ts";
import type { Message, MessagePart } from "../../domain/mail.ts";
import type { ReadableMessage } from "../../domain/readable-message.ts";
import { type ContainedPart, containedPart, openContainers } from "../containers/open-containers.ts";
import { type FileTask, textPreview } from "../preview/text-preview.ts";
import { makeReadable } from "../readable.ts";
import { type RestOfText, restOf } from "../rest.ts";
import { wholeText } from "../whole-text.ts";

export interface ReadingTask {
  readonly message: Message;
  /** Texts that Gmail keeps apart, by the id of their part. */
  readonly loaded: ReadonlyMap<string, Uint8Array>;
}

export interface RestTask extends ReadingTask {
  /** All of the text, with what the page shows. */
  readonly isWhole: boolean;
}

/** One part of a container, by its name in addresses. */
export interface PartTask {
  readonly container: MessagePart;
  /** Of the container. */
  readonly bytes: Uint8Array;
  readonly name: string;
}

export const readable = async ({ message, loaded }: ReadingTask): Promise<ReadableMessage> =>
  makeReadable(await openContainers(message, loaded), { loaded });

/** What stands behind the text that is shown. */
export const rest = async ({ message, loaded, isWhole }: RestTask): Promise<RestOfText[]> =>
  restOf(await openContainers(message, loaded), loaded, isWhole);

export const text = async ({ message, loaded }: ReadingTask): Promise<string> =>
  wholeText(await openContainers(message, loaded), loaded);

export const part = ({ container, bytes, name }: PartTask): Promise<ContainedPart | null> =>
  containedPart(container, bytes, name);

/** A file of text as its page shows it. */
export const file = (task: FileTask): FilePreview => textPreview(task);
