import "server-only";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import { fileName } from "../../message/mime/file-name.ts";
import { endOfHeaders, readHeaderBlock } from "../../message/mime/header-block.ts";
import { headerDate, headerText } from "../../message/mime/headers.ts";
import { downloadDeadlineMs, mailboxFor } from "../google/mailbox-for.ts";
import { byteStream } from "./byte-stream.ts";
import { peek } from "./peek.ts";
import { type MessageOutcome, orTrouble } from "./read-message.ts";

export interface RawMessage {
  /** "2026-11-21 The pond.eml": of day and subject, as the message itself has them. */
  readonly filename: string;
  readonly bytes: ReadableStream<Uint8Array>;
}

/** The subject is among these first bytes, or the name does without it. */
const headersWithin = 65_536;

/** UTF-8 of a file's name: file systems take 255 bytes, and browsers add " (1)". */
const longestNameBytes = 200;

/** The message as it travelled, byte by byte: RFC 822. Costs one call, and holds no more than its headers. */
export function readRawMessage(
  accountId: AccountId,
  messageId: MessageId,
  /** On whose calendar the day is. */
  zone: string,
  signal: AbortSignal,
): Promise<MessageOutcome<RawMessage>> {
  return orTrouble(accountId, async () => {
    const download = await mailboxFor(accountId, signal, downloadDeadlineMs).openRawMessage(messageId);
    const { beginning, all } = await peek(
      download,
      (bytes) => bytes.length >= headersWithin || endOfHeaders(bytes) !== null,
    );
    return { filename: nameOf(beginning, zone), bytes: byteStream(all()) };
  });
}

function nameOf(beginning: Uint8Array, zone: string): string {
  const { headers } = readHeaderBlock(beginning.subarray(0, headersWithin));
  const date = headerDate(headers);
  const day = date === null ? "" : new Intl.DateTimeFormat("sv", { timeZone: zone }).format(date);
  const name = fileName(`${day} ${headerText(headers, "subject") ?? ""}`) || "message";
  return `${within(name, longestNameBytes)}.eml`;
}

/** As many characters as fit; none is cut in half, and no mark is torn from its letter. */
function within(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let kept = "";
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (Buffer.byteLength(kept + segment) > bytes) break;
    kept += segment;
  }
  return kept.trimEnd();
}
