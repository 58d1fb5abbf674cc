import "server-only";
import type { Transaction } from "../../db/client.ts";
import type { Account, Tombstone } from "../../db/generated/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import type { UserId } from "../../domain/people.ts";
import type { SignInProblem } from "../../domain/sign-in-problem.ts";
import { type GoogleIdentity, mayEnterHere } from "./admission.ts";
import { isBlocking } from "./tombstones.ts";

export type Refusal = Extract<
  SignInProblem,
  | "not-allowed"
  | "wrong-account"
  | "belongs-to-another-user"
  | "connected-elsewhere"
  | "suspended"
  | "still-disconnecting"
  | "withdrawn"
>;

/** Who comes, and what for. */
export interface Connecting {
  readonly identity: GoogleIdentity;
  /** Who connects a further account of theirs; null for a sign-in. */
  readonly currentUserId: UserId | null;
  /** The account that is to be reconnected, when that is what was asked for. */
  readonly reconnecting: AccountId | null;
}

/**
 * Until the end of the transaction nobody else connects this Google account, in whatever process: what is judged of it
 * stays true.
 */
export async function lockConnecting(tx: Transaction, sub: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`connect:${sub}`}, 0))`;
}

/**
 * Why what an exchange brought is not stored, or null.
 * @param known the account with this `sub`, when it is here
 * @param earlier what is remembered of it, when it is not
 */
export async function refuseConnecting(
  tx: Transaction,
  request: Connecting,
  known: Account | null,
  earlier: readonly Tombstone[],
): Promise<Refusal | null> {
  const refusal = known ? refuseKnown(known, request) : refuseNew(earlier, request);
  return refusal ?? refuseReconnect(tx, request);
}

function refuseKnown(account: Account, { identity, currentUserId }: Connecting): Refusal | null {
  const isSignIn = currentUserId === null;
  if (account.state === "DISCONNECTED") return "still-disconnecting";
  if (isSignIn && !account.maySignIn) return "connected-elsewhere";
  if (!isSignIn && account.userId !== currentUserId) return "belongs-to-another-user";
  if (account.state === "SUSPENDED" && account.cause !== "not-admitted") return "suspended";
  if (!isSignIn && !mayEnterHere(identity)) return "not-allowed";
  return null;
}

function refuseNew(earlier: readonly Tombstone[], { identity }: Connecting): Refusal | null {
  if (!mayEnterHere(identity)) return "not-allowed";
  const now = new Date();
  return earlier.some((each) => isBlocking(each, now)) ? "withdrawn" : null;
}

async function refuseReconnect(tx: Transaction, request: Connecting): Promise<Refusal | null> {
  if (request.reconnecting === null) return null;
  const asked = await tx.account.findUnique({ where: { id: request.reconnecting } });
  if (asked) return asked.sub === request.identity.sub ? null : "wrong-account";
  // Disconnected in the meantime, by whom it belonged to: that is not undone by the way.
  return (await tx.account.count({ where: { sub: request.identity.sub } })) > 0 ? null : "wrong-account";
}
