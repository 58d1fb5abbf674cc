import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import type { MyAccount } from "../domain/account.ts";
import type { User } from "../domain/people.ts";
import { listMyAccounts } from "../use-cases/my-accounts.ts";
import { currentUser, requireUser } from "./current-user.ts";

export interface Reader {
  readonly user: User;
  readonly account: MyAccount;
}

/** The user's own accounts, for the guard and for the rail; read once a request. */
export const myAccounts = cache((user: User) => listMyAccounts(user));

async function find(user: User, accountId: string): Promise<MyAccount | null> {
  const mine = await myAccounts(user);
  return mine.find(({ id }) => id === accountId) ?? null;
}

/** The same without a guard: null where there is nobody, or nothing of theirs. */
export async function currentReader(accountId: string): Promise<Reader | null> {
  const user = await currentUser();
  const account = user && (await find(user, accountId));
  return account ? { user, account } : null;
}

/** Who is asking, and the account they ask for: 404 for a missing one and for somebody else's alike. */
export async function requireAccount(accountId: string, returnTo: string): Promise<Reader> {
  const user = await requireUser(returnTo);
  const account = await find(user, accountId);
  if (!account) notFound();
  return { user, account };
}
