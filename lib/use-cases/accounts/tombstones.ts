import "server-only";
import { createHash } from "node:crypto";
import type { Transaction } from "../../db/client.ts";
import type { Account, Tombstone } from "../../db/generated/client.ts";
import type { Again } from "../../domain/account.ts";
import type { AccountId } from "../../domain/mail.ts";

/** A hash of Google's `sub`: it recognizes an account that comes back, and does not tell which it was. */
const hashSub = (sub: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(`latchkey tombstone ${sub}`).digest());

/** Kept when an account is destroyed, in the same transaction. */
export async function buryAccount(tx: Transaction, account: Account): Promise<void> {
  const { id: accountId, userId } = account;
  const cause = account.cause ?? "user";
  const maySignIn = account.maySignIn && !(await hasWayIn(tx, userId));
  // A revocation has said before whether the account may come back: see `recordWithdrawal`.
  const data = { subHash: hashSub(account.sub), userId, maySignIn, cause, destroyedAt: new Date() };
  await tx.tombstone.upsert({ where: { accountId }, create: { accountId, ...data }, update: data });
}

/**
 * An admin withdraws an account: what holds against connecting it again is known before it is destroyed.
 * @param block until when it holds, or (null) until an admin lifts it; undefined where nothing holds
 */
export async function recordWithdrawal(
  tx: Transaction,
  account: Account,
  block: { readonly until: Date | null } | undefined,
): Promise<void> {
  const { id: accountId, sub, userId, maySignIn } = account;
  const held = { blocked: block !== undefined, blockedUntil: block?.until ?? null };
  await tx.tombstone.upsert({
    where: { accountId },
    create: { accountId, subHash: hashSub(sub), userId, maySignIn, cause: "admin", ...held },
    update: held,
  });
}

/** Every earlier connection of this Google account, the latest first. */
export const earlierConnections = (tx: Transaction, sub: string): Promise<Tombstone[]> =>
  tx.tombstone.findMany({
    where: { subHash: hashSub(sub) },
    orderBy: [{ destroyedAt: "desc" }, { accountId: "desc" }],
    take: 20,
  });

/** How a withdrawn account can come back. */
export function againOf({ blocked, blockedUntil }: Tombstone, now: Date): Again {
  if (!blocked) return { kind: "now" };
  if (blockedUntil === null) return { kind: "when-allowed" };
  return blockedUntil > now ? { kind: "from", at: blockedUntil } : { kind: "now" };
}

export const isBlocking = (stone: Tombstone, now: Date): boolean => againOf(stone, now).kind !== "now";

/** What is blocked, the latest first. */
export const blockedConnections = (tx: Transaction): Promise<Tombstone[]> =>
  tx.tombstone.findMany({
    where: { blocked: true, OR: [{ blockedUntil: null }, { blockedUntil: { gt: new Date() } }] },
    orderBy: { destroyedAt: "desc" },
    take: 100,
  });

/** Whether an account is left that lets this user in. */
async function hasWayIn(tx: Transaction, userId: string): Promise<boolean> {
  return (await tx.account.count({ where: { userId, ...wayIn } })) > 0;
}

const wayIn = { maySignIn: true, state: { not: "DISCONNECTED" } } as const;

/**
 * Whose account this was, when their user still has other accounts and no way in to them: whoever comes back with the
 * account that was their last way in is let in to the same user again.
 */
export async function formerOwner(tx: Transaction, earlier: readonly Tombstone[]): Promise<string | null> {
  const last = earlier[0];
  if (!last?.maySignIn) return null;
  const user = await tx.user.findFirst({
    where: { id: last.userId, accounts: { some: {}, none: wayIn } },
    select: { id: true },
  });
  return user?.id ?? null;
}

export const findTombstone = (tx: Transaction, accountId: AccountId): Promise<Tombstone | null> =>
  tx.tombstone.findUnique({ where: { accountId } });
