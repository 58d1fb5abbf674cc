import "server-only";
import type { AccountId } from "../domain/mail.ts";
import { type MailboxEvent, progressOf } from "../domain/mirror.ts";
import { openCopy } from "./open-copy.ts";
import { AccountUnusableError } from "./usable-account.ts";

/** Where the copy stands, as an event: what a page that has just begun to listen is told. Null without a copy. */
export async function mailboxState(accountId: AccountId): Promise<MailboxEvent | null> {
  try {
    const { mirror, status } = await openCopy(accountId);
    if (!mirror) return null;
    const { changes, trouble } = mirror;
    return {
      accountId,
      changes: Number(changes),
      // What came before nobody has counted for this page.
      added: null,
      filled: progressOf(mirror),
      trouble: trouble !== null || status.state !== "ACTIVE",
    };
  } catch (error) {
    if (error instanceof AccountUnusableError) return null;
    throw error;
  }
}
