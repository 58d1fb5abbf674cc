import "server-only";
import type { AccountId } from "../../domain/mail.ts";
import { type MailboxEvent, progressOf } from "../../domain/mirror.ts";
import { unlessUnusable } from "../accounts/usable-account.ts";
import { openCopy } from "../copy/open-copy.ts";

/** Where the copy stands, as an event: what a page that has just begun to listen is told. Null without a copy. */
export async function mailboxState(accountId: AccountId): Promise<MailboxEvent | null> {
  const copy = await unlessUnusable(openCopy(accountId));
  if (!copy?.mirror) return null;
  const { mirror, status } = copy;
  return {
    accountId,
    changes: Number(mirror.changes),
    // What came before nobody has counted for this page.
    added: null,
    arrived: null,
    filled: progressOf(mirror),
    trouble: mirror.trouble !== null || status.state !== "ACTIVE",
  };
}
