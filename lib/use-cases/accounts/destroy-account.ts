import "server-only";
import { recordEvent } from "../../audit/audit.ts";
import { inBulk } from "../../db/as-job.ts";
import { database, type Transaction } from "../../db/client.ts";
import type { Account } from "../../db/generated/client.ts";
import type { OwnReason } from "../../domain/audit-event.ts";
import type { AccountId } from "../../domain/mail.ts";
import { env } from "../../env.ts";
import { forgetMailbox } from "../../mailbox/forget-mailbox.ts";
import { recentMessages } from "../../mailbox/recent-messages.ts";
import { OAuthError } from "../../oauth/oauth-error.ts";
import type { SendOptions } from "../../oauth/post-form.ts";
import { revokeToken } from "../../oauth/revoke.ts";
import { log } from "../../telemetry/log.ts";
import { doesNotOpen, lackingKey, readCredential } from "../../vault/credential-store.ts";
import { buryAccount } from "./tombstones.ts";

/** A person waits this long for Google; a job may wait longer. */
const personDeadlineMs = 4_000;
export const jobDeadlineMs = 8_000;

/** A mailbox of a million takes a while to remove. */
const destruction = { timeout: 600_000 };

/** Does at once what the job would do, so that nobody waits for a queue while Google is well. */
export async function destroyNowOrLater(accountId: AccountId): Promise<"destroyed" | "waiting-for-google"> {
  try {
    await destroyAccount(accountId, { deadlineMs: personDeadlineMs });
    return "destroyed";
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    log.warn(
      { event: "grant.revoke.postponed", accountId, failure: error.code },
      "Google did not confirm a revocation; it is retried",
    );
    return "waiting-for-google";
  }
}

/**
 * Tells Google, then destroys the data key and every row of the account. May be called again at any point.
 * @throws OAuthError when Google has not confirmed; nothing is destroyed then, and the account stays blocked
 */
export async function destroyAccount(
  accountId: AccountId,
  { deadlineMs, signal }: SendOptions = { deadlineMs: jobDeadlineMs },
): Promise<void> {
  const account = await database().account.findUnique({ where: { id: accountId } });
  if (account?.state !== "DISCONNECTED") return;
  recentMessages.forget(accountId);
  const because = await tellGoogle(accountId, { deadlineMs, signal });
  // In bulk, also where a person waits: removing a large mailbox takes longer than a page's query may.
  await inBulk(() =>
    database().$transaction(async (tx) => {
      // Credential and data key go with the account's row.
      const { count } = await tx.account.deleteMany({ where: { id: accountId, state: "DISCONNECTED" } });
      if (count === 0) return;
      await forgetMailbox(tx, accountId);
      await buryAccount(tx, account);
      // Sessions that it opened are over. What is left of them only tells their browsers why.
      await tx.session.updateMany({ where: { accountId }, data: { address: null, userAgent: null } });
      const target = account.email;
      await recordEvent(tx, { action: "account-destroyed", actor: "system", accountId, target, because });
      await forgetOwner(tx, account);
    }, destruction),
  );
}

/** Revokes at Google. @returns what the audit trail should know beside that, if anything */
async function tellGoogle(accountId: AccountId, options: SendOptions): Promise<OwnReason | undefined> {
  try {
    const credential = await readCredential(database(), env().TOKEN_KEYS, accountId);
    const token = credential?.refreshToken ?? credential?.accessToken;
    if (token) await revokeToken(env().GOOGLE_ISSUER, token, options);
  } catch (error) {
    if (!doesNotOpen(error) && lackingKey(error) === null) throw error;
    // With the key of TOKEN_KEYS gone nobody can tell Google, today or later: what is kept is destroyed all the same.
    log.error(
      { event: "grant.revoke.skipped", accountId },
      "a stored token does not open with TOKEN_KEYS, so Google could not be told",
    );
    return { kind: "not-told" };
  }
}

/**
 * Removes a user who has no account left. One who is known by this account's address is known by the next account's
 * from now on.
 */
async function forgetOwner(tx: Transaction, { userId, email }: Account): Promise<void> {
  // The lock makes a connection of a further account come before this, or find no user.
  await tx.$executeRaw`SELECT 1 FROM "User" WHERE id = ${userId}::uuid FOR UPDATE`;
  const next = await tx.account.findFirst({
    where: { userId },
    orderBy: [{ maySignIn: "desc" }, { connectedAt: "asc" }, { id: "asc" }],
  });
  if (!next) await tx.user.deleteMany({ where: { id: userId } });
  else
    await tx.user.updateMany({ where: { id: userId, email }, data: { email: next.email, name: next.name } });
}
