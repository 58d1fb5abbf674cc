import "server-only";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import type { ReadableMessage } from "../../domain/readable-message.ts";
import type { Trouble } from "../../domain/trouble.ts";
import { GmailError } from "../../gmail/gmail-error.ts";
import { NotReadError } from "../../message/worker/not-read-error.ts";
import { log, messageOf } from "../../telemetry/log.ts";
import { troubleOf } from "../google/trouble-of.ts";
import { openedMessage } from "./opened-message.ts";
import { readableOf } from "./readable-of.ts";

export type MessageOutcome<Content> =
  | { readonly ok: true; readonly content: Content }
  | { readonly ok: false; readonly trouble: Trouble | "not-found" };

/** One message, as a person reads it: as it was kept when it was first opened, with the labels of now. */
export async function readMessage(
  accountId: AccountId,
  messageId: MessageId,
  signal?: AbortSignal | null,
): Promise<MessageOutcome<ReadableMessage>> {
  return orTrouble(accountId, async () =>
    readableOf(accountId, await openedMessage(accountId, messageId, signal)),
  );
}

/**
 * What `read` gives, or the trouble that kept it from it; null, what Gmail does not have, and what cannot be read in reasonable
 * time are "not-found".
 */
export async function orTrouble<Content>(
  accountId: AccountId,
  read: () => Promise<Content | null>,
): Promise<MessageOutcome<Content>> {
  try {
    const content = await read();
    return content === null ? { ok: false, trouble: "not-found" } : { ok: true, content };
  } catch (error) {
    if (error instanceof GmailError && (error.code === "not-found" || error.code === "bad-request")) {
      return { ok: false, trouble: "not-found" };
    }
    if (error instanceof NotReadError) {
      log.warn(
        { event: "message.read.aborted", accountId, error: messageOf(error) },
        "a part of a message took too long to be read",
      );
      return { ok: false, trouble: "not-found" };
    }
    return { ok: false, trouble: await troubleOf(error, accountId) };
  }
}
