import "server-only";
import { database } from "../../db/client.ts";
import { type MailboxEvent, progressOf } from "../../domain/copy-head.ts";
import type { AccountId } from "../../domain/mail.ts";
import { readCopyHead } from "../../mailbox/copy-head.ts";
import { unlessUnusable } from "../accounts/usable-account.ts";
import { openCopy } from "../copy/open-copy.ts";
import { tellMailboxEvent } from "./mailbox-events.ts";

/** Where the copy stands, as an event: what a page that has just begun to listen is told. Null without a copy. */
export async function mailboxState(accountId: AccountId): Promise<MailboxEvent | null> {
  const copy = await unlessUnusable(openCopy(accountId));
  if (!copy?.head) return null;
  const { head, status } = copy;
  return {
    accountId,
    revision: Number(head.revision),
    // What came before nobody has counted for this page.
    added: null,
    arrived: null,
    filled: progressOf(head),
    trouble: head.trouble !== null || status.state !== "ACTIVE",
  };
}

/** Tells open pages that reading from Google has begun or ceased to fail, or how far the filling is. Nothing without a copy. */
export async function tellMailboxState(
  accountId: AccountId,
  what: "in-trouble" | "in-step" | "filling",
): Promise<void> {
  const head = await readCopyHead(database(), accountId);
  if (!head) return;
  const told = what === "filling" ? { filled: progressOf(head) } : { trouble: what === "in-trouble" };
  await tellMailboxEvent(database(), head, { added: {}, ...told });
}
