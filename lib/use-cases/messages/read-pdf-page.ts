import "server-only";
import { buffer } from "node:stream/consumers";
import { previewLook } from "../../domain/attachment-looks.ts";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import type { PdfPage } from "../../domain/pdf-page.ts";
import { recentMessages } from "../../mailbox/recent-messages.ts";
import { NotReadError } from "../../message/worker/not-read-error.ts";
import { pdfPageWithoutBlocking } from "../../message/worker/reading-pool.ts";
import { log, messageOf } from "../../telemetry/log.ts";
import { requireUsable } from "../accounts/usable-account.ts";
import { limitedRead } from "./limited-read.ts";
import { type OpenedAttachment, openAttachment } from "./open-attachment.ts";
import { type MessageOutcome, orTrouble } from "./read-message.ts";

export interface PageAddress {
  readonly accountId: AccountId;
  readonly messageId: MessageId;
  readonly partName: string;
  /** From 1 on. */
  readonly page: number;
}

/** A page of an attached PDF, drawn: once for those who want it within a minute. */
export function readPdfPage(
  address: PageAddress,
  signal: AbortSignal | undefined,
): Promise<MessageOutcome<PdfPage>> {
  const { accountId, messageId, partName } = address;
  return orTrouble(accountId, async () => {
    await requireUsable(accountId);
    const opened = () => openAttachment(accountId, messageId, partName, signal);
    return drawnPage(address, opened, signal);
  });
}

/** The page as it was drawn a moment ago, or of what `open` gives; null where there is none, or nothing that can be drawn. */
export function drawnPage(
  { accountId, messageId, partName, page }: PageAddress,
  open: () => Promise<OpenedAttachment | null>,
  signal: AbortSignal | undefined,
): Promise<PdfPage | null> {
  return unlessMissing(() =>
    recentMessages.page(accountId, `${messageId}/${partName}/${page}`, async () => {
      const opened = await open();
      if (opened === null || previewLook(opened.attachment) !== "pages") throw new NoPageError();
      const drawn = await draw({ accountId, messageId }, opened.bytes, page, signal);
      if (drawn === null) throw new NoPageError();
      return drawn;
    }),
  );
}

class NoPageError extends Error {
  override readonly name = "NoPageError";
}

async function unlessMissing(read: () => Promise<PdfPage>): Promise<PdfPage | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NoPageError) return null;
    throw error;
  }
}

async function draw(
  { accountId, messageId }: Pick<PageAddress, "accountId" | "messageId">,
  bytes: AsyncIterable<Uint8Array>,
  page: number,
  signal: AbortSignal | undefined,
): Promise<PdfPage | null> {
  // Taken in when its turn has come: what waits is not in memory.
  const take = async () => pdfPageWithoutBlocking({ bytes: await buffer(bytes), page }, signal);
  try {
    return await limitedRead(accountId, take);
  } catch (error) {
    if (!(error instanceof NotReadError)) throw error;
    log.warn(
      { event: "message.read.aborted", accountId, messageId, error: messageOf(error) },
      "a page of a document was not drawn",
    );
    return null;
  }
}
