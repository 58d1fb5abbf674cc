import "server-only";
import { database } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import type { MailboxEvent } from "../domain/mirror.ts";
import { readMirror } from "../mailbox/mirror.ts";
import { readStatus } from "./usable-account.ts";

/** Where the copy stands, as an event: what a page that has just begun to listen is told. Null without a copy. */
export async function mailboxState(accountId: AccountId): Promise<MailboxEvent | null> {
  const [mirror, status] = await Promise.all([
    readMirror(database(), accountId),
    readStatus(database(), accountId),
  ]);
  if (!mirror) return null;
  const { messages, about, changes, filledAt, trouble } = mirror;
  return {
    accountId,
    changes: Number(changes),
    // What came before nobody has counted for this page.
    added: null,
    filled: { messages, about, done: filledAt !== null },
    trouble: trouble !== null || status.state !== "ACTIVE",
  };
}
