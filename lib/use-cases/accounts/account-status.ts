import "server-only";
import type { Account } from "../../db/generated/client.ts";
import type { AccountStatus } from "../../domain/account.ts";
import { type Claims, mayEnterHere } from "./admission.ts";

/** The stored columns as the union that the rest of the code switches on. */
export const statusOf = ({ state, cause }: Pick<Account, "state" | "cause">): AccountStatus =>
  // Both columns are written by `lib/use-cases/accounts/change-account-state.ts` alone, from an AccountStatus.
  ({ state, ...(cause === null ? {} : { cause }) }) as AccountStatus;

/** DISCONNECTED ends only in destruction, and a suspension is lifted by whoever may lift it, not by a refresh. */
export function mayChange(from: AccountStatus, to: AccountStatus): boolean {
  switch (from.state) {
    case "ACTIVE":
    case "NEEDS_CONSENT":
      return true;
    case "SUSPENDED":
      // Who is admitted again goes on where they were; a suspension by somebody is lifted by somebody.
      return to.state === "DISCONNECTED" || from.cause === "not-admitted";
    case "DISCONNECTED":
      return false;
    default:
      return from satisfies never;
  }
}

/**
 * How an account stands at this moment. Who may be here can change between two sweeps: an account that the lists do not
 * admit counts as suspended wherever it is read, before its row says so.
 */
export function statusNow(account: Pick<Account, "state" | "cause"> & Claims): AccountStatus {
  const status = statusOf(account);
  if (status.state !== "ACTIVE" && status.state !== "NEEDS_CONSENT") return status;
  return mayEnterHere(account) ? status : { state: "SUSPENDED", cause: "not-admitted" };
}
