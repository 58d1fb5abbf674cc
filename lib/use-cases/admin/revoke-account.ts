import "server-only";
import { database } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import type { Admin } from "../../domain/people.ts";
import { scheduleDestruction } from "../../queue/destruction-jobs.ts";
import { changeAccountState } from "../accounts/change-account-state.ts";
import { destroyNowOrLater } from "../accounts/destroy-account.ts";
import type { DisconnectOutcome } from "../accounts/disconnect-account.ts";
import { recordWithdrawal } from "../accounts/tombstones.ts";

/** How long a withdrawn account may not be connected again: not at all, for some days, or until an admin allows it. */
export type Block = "none" | "30-days" | "until-allowed";

const dayMs = 24 * 60 * 60 * 1000;

/**
 * An admin withdraws the key, and says why: use is blocked at once, Google is told, then key and rows are destroyed.
 * @param reason 1 to 500 characters; kept in the audit trail, and told to the owner
 */
export async function revokeAccount(
  admin: Admin,
  accountId: AccountId,
  reason: string,
  block: Block = "until-allowed",
): Promise<DisconnectOutcome> {
  const found = await database().$transaction(async (tx) => {
    const account = await tx.account.findUnique({ where: { id: accountId } });
    if (!account) return false;
    const status = { state: "DISCONNECTED", cause: "admin" } as const;
    const event = { action: "revocation-requested", actor: admin, accountId, reason } as const;
    // What its owner is taking back already is theirs to take.
    if (await changeAccountState(tx, status, event)) await recordWithdrawal(tx, account, blockOf(block));
    await scheduleDestruction(tx, accountId);
    return true;
  });
  return found ? destroyNowOrLater(accountId) : "not-found";
}

function blockOf(block: Block): { readonly until: Date | null } | undefined {
  switch (block) {
    case "none":
      return undefined;
    case "30-days":
      return { until: new Date(Date.now() + 30 * dayMs) };
    case "until-allowed":
      return { until: null };
    default:
      return block satisfies never;
  }
}
