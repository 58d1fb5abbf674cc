import "server-only";
import { database } from "../../db/client.ts";
import type { Again } from "../../domain/account.ts";
import { accountIdOf } from "../../domain/ids.ts";
import type { AccountId } from "../../domain/mail.ts";
import type { User } from "../../domain/people.ts";
import { hashSessionToken } from "./sessions.ts";
import { againOf, findTombstone } from "./tombstones.ts";

/** An admin's withdrawal of an account, as its former owner is told it. */
export interface Withdrawal {
  readonly email: string;
  readonly at: Date;
  readonly reason: string | null;
  /** Whether Google has confirmed, and all that was kept is destroyed. */
  readonly isDestroyed: boolean;
  /** Whether it may be connected again: at once, from a moment on, or when an admin allows it. */
  readonly again: Again;
}

/** The account that opened the session of this token, when that has ended because an admin withdrew it; null otherwise. */
export async function whyEnded(token: string): Promise<AccountId | null> {
  const session = await database().session.findUnique({ where: { tokenHash: hashSessionToken(token) } });
  if (!session) return null;
  const accountId = accountIdOf(session.accountId);
  return (await findTombstone(database(), accountId))?.cause === "admin" ? accountId : null;
}

/** Who asks about a withdrawal: a user, or a browser whose session has ended with the account. */
export type Asking = { readonly user: User } | { readonly token: string };

/** An admin's withdrawal of an account, for its former owner; null for everybody else, and where there was none. */
export async function readWithdrawal(accountId: AccountId, asking: Asking): Promise<Withdrawal | null> {
  const tx = database();
  const isTheirs =
    "user" in asking
      ? (await findTombstone(tx, accountId))?.userId === asking.user.id
      : (await whyEnded(asking.token)) === accountId;
  if (!isTheirs) return null;
  const event = await tx.auditEvent.findFirst({
    where: { accountId, action: "revocation-requested" },
    orderBy: { at: "desc" },
  });
  const stone = await findTombstone(tx, accountId);
  if (!event || stone?.cause !== "admin") return null;
  return {
    email: event.target ?? "",
    at: event.at,
    reason: event.reason,
    isDestroyed: (await tx.account.count({ where: { id: accountId } })) === 0,
    again: againOf(stone, new Date()),
  };
}
