import "server-only";
import { database } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import type { User } from "../../domain/people.ts";
import { scheduleDestruction } from "../../queue/destruction-jobs.ts";
import { changeAccountState } from "./change-account-state.ts";
import { destroyNowOrLater } from "./destroy-account.ts";

export type DisconnectOutcome = "destroyed" | "waiting-for-google" | "not-found";

/**
 * The owner takes the key back: use is blocked at once, Google is told, then key and rows are destroyed. While Google
 * does not answer, a job keeps telling it.
 */
export async function disconnectAccount(user: User, accountId: AccountId): Promise<DisconnectOutcome> {
  const owned = await database().$transaction(async (tx) => {
    const account = await tx.account.findFirst({ where: { id: accountId, userId: user.id } });
    if (!account) return false;
    const status = { state: "DISCONNECTED", cause: "user" } as const;
    await changeAccountState(tx, status, { action: "disconnect-requested", actor: user, accountId });
    await scheduleDestruction(tx, accountId);
    return true;
  });
  return owned ? destroyNowOrLater(accountId) : "not-found";
}
