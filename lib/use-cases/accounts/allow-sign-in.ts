import "server-only";
import { recordEvent } from "../../audit/audit.ts";
import { database } from "../../db/client.ts";
import { isUsable, type MyAccount } from "../../domain/account.ts";
import type { AccountId } from "../../domain/mail.ts";
import type { User } from "../../domain/people.ts";
import { lockAccount } from "../../vault/lock-account.ts";
import { statusNow } from "./account-status.ts";
import { endSessions, isFreshProof } from "./sessions.ts";

export type AllowSignInOutcome = "changed" | "not-proven-now" | "last-way-in" | "older-way-in" | "not-found";

/** The session that asks. */
export interface AskingSession {
  readonly openedWith: Pick<MyAccount, "connectedAt">;
  /** When Google last proved who it is. */
  readonly provenAt: Date;
}

/**
 * The owner says whether signing in to Google with one of their accounts lets in as them. Taking that back ends the
 * sessions which that account has opened. One account must be left that does; and an account that was here before the one
 * which the session was opened with is not shut out by it: whoever comes later does not lock out who came first. A new way
 * in outlives the session that asks for it, so that one must have been opened just now: whoever has got hold of its cookie makes none.
 */
export async function allowSignIn(
  user: User,
  { openedWith, provenAt }: AskingSession,
  accountId: AccountId,
  maySignIn: boolean,
): Promise<AllowSignInOutcome> {
  return database().$transaction(async (tx) => {
    // Two that are taken back at once must not both find the other one left.
    await tx.$executeRaw`SELECT 1 FROM "User" WHERE id = ${user.id}::uuid FOR NO KEY UPDATE`;
    await lockAccount(tx, accountId);
    const account = await tx.account.findFirst({ where: { id: accountId, userId: user.id } });
    if (!account || account.state === "DISCONNECTED") return "not-found";
    if (account.maySignIn === maySignIn) return "changed";
    if (maySignIn && !isFreshProof(provenAt)) return "not-proven-now";
    if (!maySignIn) {
      if (account.connectedAt <= openedWith.connectedAt) return "older-way-in";
      const others = await tx.account.findMany({
        where: { userId: user.id, maySignIn: true, id: { not: accountId } },
      });
      if (!others.some((other) => isUsable(statusNow(other)))) return "last-way-in";
    }
    await tx.account.update({ where: { id: accountId }, data: { maySignIn } });
    const action = maySignIn ? "sign-in-allowed" : "sign-in-disallowed";
    await recordEvent(tx, { action, actor: user, accountId, target: account.email });
    if (!maySignIn) await endSessions(tx, { accountId });
    return "changed";
  });
}
