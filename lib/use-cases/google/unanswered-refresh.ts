import "server-only";
import type { Transaction } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import { notePause } from "../../mailbox/quota.ts";
import type { OAuthError } from "../../oauth/oauth-error.ts";
import { log } from "../../telemetry/log.ts";

/** Notes that a refresh was not answered, which says nothing of the grant. @returns the same error */
export async function noteUnanswered(
  tx: Transaction,
  accountId: AccountId,
  error: OAuthError,
): Promise<OAuthError> {
  log.warn(
    { event: "token.refresh.failed", accountId, failure: error.code, status: error.status },
    "Google did not answer a refresh",
  );
  if (error.retryAfterMs) await notePause(tx, accountId, error.retryAfterMs);
  const now = new Date();
  if (error.code === "misconfigured") return noteRefusedClient(tx, accountId, error, now);
  await tx.account.updateMany({ where: { id: accountId }, data: { unansweredAt: now } });
  await tx.account.updateMany({
    where: { id: accountId, unansweredSince: null },
    data: { unansweredSince: now },
  });
  return error;
}

/**
 * Notes that Google refuses this server's client: it says nothing of the grant, and whoever runs the server has to mend
 * it.
 */
async function noteRefusedClient(tx: Transaction, accountId: AccountId, error: OAuthError, now: Date) {
  await tx.account.updateMany({
    where: { id: accountId, clientRefusedSince: null },
    data: { clientRefusedSince: now },
  });
  await tx.account.updateMany({ where: { id: accountId }, data: { clientRefusal: error.error ?? null } });
  return error;
}
