import "server-only";
import { database } from "../db/client.ts";
import type { Message, MessageId } from "../domain/mail.ts";
import type { Mailbox } from "../gmail/mailbox.ts";
import { readMessages } from "../mailbox/message-rows.ts";
import { metadataOf, rowOf } from "../message/metadata.ts";
import type { PageRow } from "../message/page.ts";
import { bringIn } from "./bring-in.ts";
import type { Copy } from "./copy.ts";
import { toRow } from "./stored-page.ts";

export interface RowsBrought {
  readonly rows: readonly PageRow[];
  /** Whether all of them are in the copy now. */
  readonly kept: boolean;
}

/** The rows of messages that Gmail has listed, in its order: out of the copy, and from Gmail what the copy lacks. */
export async function readRowsOf(
  copy: Copy,
  mailbox: Mailbox,
  ids: readonly MessageId[],
  changes: bigint,
): Promise<RowsBrought> {
  const stored = await readMessages(database(), copy.sealer, copy.accountId, ids);
  const missing = ids.filter((id) => !stored.has(id));
  const { found, failed, kept } = await bringIn(copy, mailbox, missing, changes);
  const fetched = new Map(found.map((message) => [message.id, message]));
  const rows = ids.flatMap((id): PageRow[] => {
    const [known, fresh] = [stored.get(id), fetched.get(id)];
    if (known) return [toRow(known)];
    if (fresh) return [freshRow(fresh)];
    // Deleted between the list and the batch: there is nothing to say about it any more.
    return failed.has(id) ? [{ kind: "not-loaded", id }] : [];
  });
  return { rows, kept };
}

const freshRow = (message: Message): PageRow => ({
  kind: "message",
  message: rowOf(message, metadataOf(message)),
});
