import "server-only";
import { database } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import { GmailError } from "../../gmail/gmail-error.ts";
import { pauseLeftMs } from "../../mailbox/quota.ts";

/** @throws GmailError `rate-limited` while a pause that Google has asked for is not over, with the time that is left */
export async function requireNoPause(accountId: AccountId): Promise<void> {
  const retryAfterMs = await pauseLeftMs(database(), accountId);
  if (retryAfterMs === 0) return;
  throw new GmailError("rate-limited", "Google has asked for a pause", { reason: "pause", retryAfterMs });
}
