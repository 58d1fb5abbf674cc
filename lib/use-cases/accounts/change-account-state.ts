import "server-only";
import { type NewAuditEvent, recordEvent } from "../../audit/audit.ts";
import type { Transaction } from "../../db/client.ts";
import type { AccountStatus } from "../../domain/account.ts";
import type { AccountId } from "../../domain/mail.ts";
import { lockAccount } from "../../vault/lock-account.ts";
import { mayChange, statusOf } from "./account-status.ts";
import { mayEnterHere } from "./admission.ts";
import { tellAccountEnded } from "./session-ends.ts";

type Event = Omit<NewAuditEvent, "status" | "target" | "accountId"> & { readonly accountId: AccountId };

/**
 * The one place where an account changes state: a permitted change and its audit event, in one transaction.
 * @returns false when the account is gone, already there, or may not go there; then nothing was written
 */
export async function changeAccountState(tx: Transaction, to: AccountStatus, event: Event): Promise<boolean> {
  await lockAccount(tx, event.accountId);
  const account = await tx.account.findUnique({ where: { id: event.accountId } });
  if (!account) return false;
  const from = statusOf(account);
  const cause = "cause" in to ? to.cause : null;
  if (!mayChange(from, to) || (account.state === to.state && account.cause === cause)) return false;
  const isHeld = from.state === "SUSPENDED" && !mayEnterHere(account);
  if (isHeld && (to.state === "ACTIVE" || to.state === "NEEDS_CONSENT")) return false;
  await tx.account.update({
    where: { id: account.id },
    data: { state: to.state, cause, stateChangedAt: new Date() },
  });
  await recordEvent(tx, { ...event, target: account.email, status: to });
  if (to.state === "SUSPENDED" || to.state === "DISCONNECTED") await tellAccountEnded(tx, event.accountId);
  return true;
}
