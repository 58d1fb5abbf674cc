import "server-only";
import { notFound, redirect } from "next/navigation";
import type { MyAccount } from "../domain/account.ts";
import { asAccountId } from "../domain/ids.ts";
import { withdrawnPath } from "../domain/paths.ts";
import { readWithdrawal } from "../use-cases/accounts/why-ended.ts";
import { currentVisitor, requireOwner, requireVisitor, type SignedIn } from "./current-user.ts";

/** Somebody who is signed in, and the one of their accounts that they ask for. */
export interface Reader extends SignedIn {
  readonly account: MyAccount;
}

function readerOf(visitor: SignedIn, accountId: string): Reader | null {
  const account = visitor.accounts.find(({ id }) => id === accountId);
  return account ? { ...visitor, account } : null;
}

/** Somebody as the reader of an account that is theirs and was not withdrawn from them; null otherwise. */
export function asReader(visitor: SignedIn, accountId: string): Reader | null {
  const reader = readerOf(visitor, accountId);
  return reader && !isWithdrawn(reader.account) ? reader : null;
}

/** Without a guard: null where there is nobody, or nothing of theirs. */
export async function currentReader(accountId: string): Promise<Reader | null> {
  const visitor = await currentVisitor();
  return visitor && asReader(visitor, accountId);
}

/**
 * Who is asking, and the account they ask for: 404 for a missing one and for somebody else's alike. Whose account an
 * admin has withdrawn is told so.
 */
export async function requireAccount(accountId: string, returnTo: string): Promise<Reader> {
  const visitor = await requireVisitor(returnTo);
  const reader = asReader(visitor, accountId);
  if (reader) return reader;
  const id = asAccountId(accountId);
  if (id && (await readWithdrawal(id, visitor))) redirect(withdrawnPath(id));
  return readerOf(visitor, accountId) ?? notFound();
}

/** An account of whoever asks, admitted or not: for what lets its owner take it back. */
export async function requireOwnAccount(accountId: string, returnTo: string): Promise<Reader> {
  return readerOf(await requireOwner(returnTo), accountId) ?? notFound();
}

const isWithdrawn = ({ status }: MyAccount): boolean =>
  status.state === "DISCONNECTED" && status.cause === "admin";
