import "server-only";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import type { UnsubscribeOutcome } from "../../domain/unsubscribe.ts";
import { EgressError } from "../../egress/egress-error.ts";
import { wayOut } from "../../egress/way-out.ts";
import { log } from "../../telemetry/log.ts";
import { type MessageOutcome, readMessage } from "./read-message.ts";

/** What every list's server is sent, and all that it is. @see https://www.rfc-editor.org/rfc/rfc8058#section-3.2 */
const request = { type: "application/x-www-form-urlencoded", text: "List-Unsubscribe=One-Click" };

/**
 * Asks the server of the list that a message came by to leave it. Where that is stands in the message, and is read there;
 * nobody who asks says where. The server learns what it has put into the address, and nothing of who reads.
 */
export async function unsubscribe(
  accountId: AccountId,
  messageId: MessageId,
): Promise<MessageOutcome<UnsubscribeOutcome>> {
  const read = await readMessage(accountId, messageId);
  if (!read.ok) return read;
  const address = read.content.unsubscribe?.oneClick ?? null;
  return { ok: true, content: address === null ? "not-offered" : await send(address, accountId) };
}

async function send(address: string, accountId: AccountId): Promise<UnsubscribeOutcome> {
  const { host } = new URL(address);
  try {
    const status = await wayOut().post(address, request, { accountId });
    log.info({ event: "unsubscribe.sent", accountId, host, status }, "a list's server was asked to leave it");
    if (status >= 200 && status < 300) return "done";
    return status >= 300 && status < 400 ? "elsewhere" : "refused";
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    const { code } = error;
    log.info({ event: "unsubscribe.failed", accountId, host, code }, "a list's server was not reached");
    return "not-reached";
  }
}
