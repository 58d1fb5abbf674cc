import "server-only";
import type { Transaction } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import { removeMailJobs } from "../../queue/mail-jobs.ts";
import { changeAccountState } from "./change-account-state.ts";

/**
 * Stops the use of an account that the lists do not admit: nothing is fetched for it any more. Its grant stays for the
 * time of grace, so that a list that was mistyped costs nobody their connection.
 */
export async function suspendNotAdmitted(tx: Transaction, accountId: AccountId): Promise<void> {
  const status = { state: "SUSPENDED", cause: "not-admitted" } as const;
  const event = { action: "account-suspended", actor: "system", accountId } as const;
  if (await changeAccountState(tx, status, event)) await removeMailJobs(tx, accountId);
}
