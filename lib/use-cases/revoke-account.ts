import "server-only";
import { database } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import type { Admin } from "../domain/people.ts";
import { changeAccountState } from "./change-account-state.ts";
import { destroyNowOrLater, scheduleDestruction } from "./destroy-account.ts";
import type { DisconnectOutcome } from "./disconnect-account.ts";

/**
 * An admin withdraws the key, and says why: use is blocked at once, Google is told, then key and rows are destroyed.
 * @param reason 1 to 500 characters; kept in the audit trail
 */
export async function revokeAccount(
  admin: Admin,
  accountId: AccountId,
  reason: string,
): Promise<DisconnectOutcome> {
  const found = await database().$transaction(async (tx) => {
    const account = await tx.account.findUnique({ where: { id: accountId } });
    if (!account) return false;
    const status = { state: "DISCONNECTED", cause: "admin" } as const;
    await changeAccountState(tx, status, { action: "revocation-requested", actor: admin, accountId, reason });
    await scheduleDestruction(tx, accountId);
    return true;
  });
  return found ? destroyNowOrLater(accountId) : "not-found";
}
