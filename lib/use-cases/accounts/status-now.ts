import "server-only";
import type { Account } from "../../db/generated/client.ts";
import type { AccountStatus } from "../../domain/account.ts";
import { statusOf } from "./account-status.ts";
import { type Claims, mayEnterHere } from "./admission.ts";

/**
 * How an account stands at this moment. Who may be here can change between two sweeps: an account that the lists do not
 * admit counts as suspended wherever it is read, before its row says so.
 */
export function statusNow(account: Pick<Account, "state" | "cause"> & Claims): AccountStatus {
  const status = statusOf(account);
  if (status.state !== "ACTIVE" && status.state !== "NEEDS_CONSENT") return status;
  return mayEnterHere(account) ? status : { state: "SUSPENDED", cause: "not-admitted" };
}
