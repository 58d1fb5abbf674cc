import "server-only";
import { previewLook } from "../../domain/attachment-looks.ts";
import type { FilePreview } from "../../domain/file-preview.ts";
import type { AccountId } from "../../domain/mail.ts";
import type { Attachment } from "../../domain/readable-message.ts";
import { filePreviewWithoutBlocking } from "../../message/worker/reading-pool.ts";
import { requireUsable } from "../accounts/usable-account.ts";
import { limitedRead } from "./limited-read.ts";
import { type OpenedAttachment, openAttachment } from "./open-attachment.ts";
import { peek } from "./peek.ts";
import { type MessageOutcome, orTrouble } from "./read-message.ts";
import { drawnPage, type PageAddress } from "./read-pdf-page.ts";
import { sniffedBytes, sniffedType } from "./sniffed-type.ts";

/** As much of a text as is shown. */
const shownTextBytes = 1_000_000;

export interface PreviewedAttachment {
  readonly attachment: Attachment;
  readonly preview: FilePreview;
}

/** What a page shows of an attachment: only as much of it is fetched as that takes. @param address with the page of a document */
export function previewAttachment(
  address: PageAddress,
  signal: AbortSignal | undefined,
): Promise<MessageOutcome<PreviewedAttachment>> {
  const { accountId, messageId, partName } = address;
  return orTrouble(accountId, async () => {
    await requireUsable(accountId);
    const opened = await openAttachment(accountId, messageId, partName, signal);
    if (opened === null) return null;
    const { attachment } = opened;
    if (previewLook(attachment) !== "pages")
      return { attachment, preview: await previewOf(opened, accountId, signal) };
    return { attachment, preview: await pagesOf(address, opened, signal) };
  });
}

async function pagesOf(
  address: PageAddress,
  opened: OpenedAttachment,
  signal: AbortSignal | undefined,
): Promise<FilePreview> {
  const drawn = await drawnPage(address, async () => opened, signal);
  // Where it was drawn a moment ago, nobody has taken the bytes.
  await opened.bytes[Symbol.asyncIterator]().return?.();
  if (drawn === null) return { look: null };
  const { pages, width, height, words } = drawn;
  return { look: "pages", page: address.page, pages, width, height, words };
}

async function previewOf(
  { attachment, bytes, charset }: OpenedAttachment,
  accountId: AccountId,
  signal: AbortSignal | undefined,
): Promise<FilePreview> {
  const look = previewLook(attachment);
  const isText = look === "text" || look === "table";
  const wanted = isText ? shownTextBytes + 1 : sniffedBytes;
  const { beginning, leave } = await peek(bytes, ({ length }) => length >= wanted);
  await leave();
  if (isText) {
    const isCut = beginning.length > shownTextBytes;
    const task = { bytes: beginning.subarray(0, shownTextBytes), isCut, charset, look } as const;
    return limitedRead(accountId, () => filePreviewWithoutBlocking(task, signal));
  }
  const sniffed = await sniffedType(beginning.subarray(0, sniffedBytes));
  return sniffed !== null && sniffed.kind === look ? { look: sniffed.kind } : { look: null };
}
