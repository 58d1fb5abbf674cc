/** A file that a message brings more than once: an invitation as a part of the text and as an attachment, a logo twice. */

import type { Attachment, AttachmentKind } from "../../domain/readable-message.ts";
import type { DescribedPart } from "./part.ts";
import { decodeTransfer } from "./transfer.ts";

export interface AttachedPart {
  readonly described: DescribedPart;
  readonly attachment: Attachment;
}

/**
 * Each file once, in the order of the message. What is shown in the text goes before what is attached besides; of the others the
 * one stays that the sender gave a name.
 */
export function eachOnce(parts: readonly AttachedPart[]): Attachment[] {
  const kept: AttachedPart[] = [];
  const repeated = new Set<AttachedPart>();
  for (const part of parts) {
    const place = kept.findIndex((earlier) => isSameFile(earlier, part));
    const earlier = kept[place];
    if (earlier === undefined) {
      kept.push(part);
    } else if (!earlier.attachment.inline || !part.attachment.inline) {
      const better = isBetter(part, earlier) ? part : earlier;
      if (!better.attachment.inline) repeated.add(better);
      kept[place] = better;
    } else {
      // Both stand in the text, each under a content id of its own.
      kept.push(part);
    }
  }
  return kept.map((part) =>
    repeated.has(part) ? { ...part.attachment, isRepeated: true } : part.attachment,
  );
}

function isBetter(part: AttachedPart, earlier: AttachedPart): boolean {
  if (part.attachment.inline !== earlier.attachment.inline) return part.attachment.inline;
  return earlier.described.name === "" && part.described.name !== "";
}

/**
 * Bytes where both are at hand, else the size: then both need a name, and the same one as it was written. A calendar that stands in
 * the text has none.
 */
function isSameFile(a: AttachedPart, b: AttachedPart): boolean {
  if (a.attachment.kind !== b.attachment.kind) return false;
  const [bytesOfA, bytesOfB] = [bytesOf(a), bytesOf(b)];
  const [nameOfA, nameOfB] = [a, b].map(({ described }) => described.writtenName.toLowerCase());
  const isOneUnnamed = nameOfA === "" || nameOfB === "";
  const isCalendar = a.attachment.kind === calendar && isOneUnnamed;
  if (nameOfA !== nameOfB && !isCalendar) return false;
  if (bytesOfA && bytesOfB) return lines(bytesOfA) === lines(bytesOfB);
  // Messages are named after their subject, and those of a digest are of one size.
  if (a.attachment.kind === "Message") return false;
  if (isOneUnnamed && !isCalendar) return false;
  const sizesOfA = sizesOf(a, bytesOfA);
  return sizesOf(b, bytesOfB).some((size) => size > 0 && sizesOfA.includes(size));
}

const calendar: AttachmentKind = "Calendar";

function bytesOf({ described }: AttachedPart): Buffer | null {
  const { data } = described.part.body;
  return data === null ? null : decodeTransfer(data).bytes;
}

const lines = (bytes: Buffer): string => bytes.toString("latin1").replaceAll("\r\n", "\n");

/** Gmail hands a text over with other line breaks than the same text as a file. */
function sizesOf({ attachment }: AttachedPart, bytes: Buffer | null): number[] {
  if (bytes === null || attachment.kind !== calendar) return [attachment.sizeBytes];
  const text = lines(bytes);
  return [attachment.sizeBytes, text.length, text.replaceAll("\n", "\r\n").length];
}
