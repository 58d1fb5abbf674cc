import "server-only";
import { makeZip } from "client-zip";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import { partName } from "../../domain/paths.ts";
import type { Attachment } from "../../domain/readable-message.ts";
import { fileName } from "../../message/mime/file-name.ts";
import { log, messageOf } from "../../telemetry/log.ts";
import { distinctNames } from "./distinct-names.ts";
import { openAttachment } from "./open-attachment.ts";
import { type MessageOutcome, readMessage } from "./read-message.ts";

export interface ZipWords {
  /** For the file, where the message has no subject. */
  readonly unnamed: string;
  /** The name of the text that says what is missing. */
  readonly missingFile: string;
  /** What it says of these files. */
  readonly missing: (names: string) => string;
}

export interface ZippedAttachments {
  readonly filename: string;
  readonly bytes: ReadableStream<Uint8Array>;
}

/**
 * All that is listed as attached, in one file that is made as it is taken: one attachment is asked for after the other, none is
 * held. What Gmail does not give is named in a text at the end, since the beginning has been sent by then.
 */
export async function zipAttachments(
  accountId: AccountId,
  messageId: MessageId,
  words: ZipWords,
  signal: AbortSignal,
): Promise<MessageOutcome<ZippedAttachments>> {
  const outcome = await readMessage(accountId, messageId, signal);
  if (!outcome.ok) return outcome;
  const { subject, attachments, internalDateMs } = outcome.content;
  const listed = attachments.filter(({ inline }) => !inline);
  if (listed.length === 0) return { ok: false, trouble: "not-found" };
  const open = (attachment: Attachment) =>
    openAttachment(accountId, messageId, partName(attachment.partId), signal);
  const noteMissing = (error: unknown) => {
    // Whoever has left misses nothing.
    signal.throwIfAborted();
    log.warn(
      { event: "attachment.missing", accountId, messageId, error: messageOf(error) },
      "an attachment is missing from a zip file",
    );
  };
  const entries = zipEntries(listed, { open, noteMissing, words, lastModified: new Date(internalDateMs) });
  return {
    ok: true,
    content: {
      filename: `${fileName(subject ?? "") || words.unnamed}.zip`,
      bytes: makeZip(asPlain(entries)),
    },
  };
}

/** Without what would throw the reader's leaving into it: `signal` ends what is under way. */
const asPlain = <Value>(generator: AsyncGenerator<Value, void>): AsyncIterable<Value> => ({
  [Symbol.asyncIterator]: () => ({ next: () => generator.next() }),
});

interface Zipping {
  readonly open: (attachment: Attachment) => ReturnType<typeof openAttachment>;
  readonly noteMissing: (error: unknown) => void;
  readonly words: ZipWords;
  readonly lastModified: Date;
}

interface ZipEntry {
  readonly name: string;
  readonly lastModified: Date;
  readonly input: AsyncIterable<Uint8Array> | string;
}

async function* zipEntries(
  attachments: readonly Attachment[],
  { open, noteMissing, words, lastModified }: Zipping,
): AsyncGenerator<ZipEntry, void> {
  const missing: string[] = [];
  const names = distinctNames([...attachments.map(({ filename }) => filename), words.missingFile]);
  for (const [index, attachment] of attachments.entries()) {
    const name = names[index] ?? attachment.filename;
    const note = (error: unknown) => {
      noteMissing(error);
      missing.push(name);
    };
    const bytes = await opened(attachment, open, note);
    if (bytes !== null) yield { name, lastModified, input: untilBroken(bytes, note) };
  }
  if (missing.length > 0) {
    yield { name: names.at(-1) ?? words.missingFile, lastModified, input: words.missing(missing.join("\n")) };
  }
}

async function opened(
  attachment: Attachment,
  open: Zipping["open"],
  note: (error: unknown) => void,
): Promise<AsyncIterable<Uint8Array> | null> {
  try {
    const found = await open(attachment);
    if (found === null) note(new Error("the message has no such part any more"));
    return found?.bytes ?? null;
  } catch (error) {
    note(error);
    return null;
  }
}

/** What has come before an answer breaks off stays in the file: an entry that has begun can only be ended. */
async function* untilBroken(
  bytes: AsyncIterable<Uint8Array>,
  onBreak: (error: unknown) => void,
): AsyncGenerator<Uint8Array, void> {
  try {
    yield* bytes;
  } catch (error) {
    onBreak(error);
  }
}
