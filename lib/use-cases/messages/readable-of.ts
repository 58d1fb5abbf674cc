import "server-only";
import type { AccountId } from "../../domain/mail.ts";
import type { ReadableMessage } from "../../domain/readable-message.ts";
import { recentMessages } from "../../mailbox/recent-messages.ts";
import { readBeginning } from "../../message/readable.ts";
import { marksOf } from "../../message/summary.ts";
import { NotReadError } from "../../message/worker/not-read-error.ts";
import { readWithoutBlocking } from "../../message/worker/reading-pool.ts";
import { log, messageOf } from "../../telemetry/log.ts";
import { limitedRead } from "./limited-read.ts";
import type { OpenedMessage } from "./opened-message.ts";
import { withTimesBefore } from "./times-before.ts";

/**
 * The message as it is shown, read once by all who ask for it within a minute, with the labels of now. One that cannot be read
 * in reasonable time has its headers and its attachments, and says so.
 */
export async function readableOf(accountId: AccountId, opened: OpenedMessage): Promise<ReadableMessage> {
  const { message, loaded } = opened;
  const { labelIds } = message;
  try {
    const read = await recentMessages.readable(accountId, message, () =>
      limitedRead(accountId, () => readWithoutBlocking({ message, loaded })),
    );
    return await withTimesBefore(accountId, { ...read, labelIds, ...marksOf(labelIds) });
  } catch (error) {
    if (!(error instanceof NotReadError)) throw error;
    log.warn(
      { event: "message.read.aborted", accountId, messageId: message.id, error: messageOf(error) },
      "a message took too long to be read",
    );
    return readBeginning(message);
  }
}
