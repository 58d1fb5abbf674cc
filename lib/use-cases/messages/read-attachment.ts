import "server-only";
import { createHash } from "node:crypto";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import { requireUsable } from "../accounts/usable-account.ts";
import { type OpenedAttachment, openAttachment } from "./open-attachment.ts";
import { peek } from "./peek.ts";
import { type MessageOutcome, orTrouble } from "./read-message.ts";
import { sniffedBytes, sniffedType } from "./sniffed-type.ts";

export interface AttachmentContent {
  readonly filename: string;
  /** What a browser may show or play in place; null for what is only to be saved. */
  readonly shownType: string | null;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Null where it is not known before the last of them. */
  readonly sizeBytes: number | null;
  /** A strong validator. @see https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3 */
  readonly etag: string;
}

/** The bytes of one attachment or inline image. */
export function readAttachment(
  accountId: AccountId,
  messageId: MessageId,
  partName: string,
  signal: AbortSignal,
): Promise<MessageOutcome<AttachmentContent>> {
  return orTrouble(accountId, async () => {
    // What is at hand must not outlive the permission to read it.
    await requireUsable(accountId);
    const opened = await openAttachment(accountId, messageId, partName, signal);
    if (opened === null) return null;
    const { attachment, sizeBytes, version } = opened;
    const wanted = isForEyesOrEars(opened) ? sniffedBytes : 0;
    const { beginning, all } = await peek(opened.bytes, ({ length }) => length >= wanted);
    const sniffed = wanted > 0 ? await sniffedType(beginning.subarray(0, sniffedBytes)) : null;
    return {
      filename: attachment.filename,
      shownType: sniffed?.type ?? null,
      bytes: all(),
      sizeBytes,
      etag: etagOf([accountId, messageId, partName, version]),
    };
  });
}

/** What claims to be a picture or a sound is looked at; nothing else is ever shown in place. */
function isForEyesOrEars({ attachment: { kind, mimeType } }: OpenedAttachment): boolean {
  return kind === "Image" || kind === "Audio" || /^(?:image|audio)\//u.test(mimeType);
}

const etagOf = (parts: readonly string[]): string =>
  `"${createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 22)}"`;
