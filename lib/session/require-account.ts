import "server-only";
import { notFound } from "next/navigation";
import type { MyAccount } from "../domain/account.ts";
import { currentVisitor, requireVisitor, type SignedIn } from "./current-user.ts";

/** Somebody who is signed in, and the one of their accounts that they ask for. */
export interface Reader extends SignedIn {
  readonly account: MyAccount;
}

function readerOf(visitor: SignedIn, accountId: string): Reader | null {
  const account = visitor.accounts.find(({ id }) => id === accountId);
  return account ? { ...visitor, account } : null;
}

/** Without a guard: null where there is nobody, or nothing of theirs. */
export async function currentReader(accountId: string): Promise<Reader | null> {
  const visitor = await currentVisitor();
  return visitor && readerOf(visitor, accountId);
}

/** Who is asking, and the account they ask for: 404 for a missing one and for somebody else's alike. */
export async function requireAccount(accountId: string, returnTo: string): Promise<Reader> {
  return readerOf(await requireVisitor(returnTo), accountId) ?? notFound();
}
