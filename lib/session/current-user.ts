import "server-only";
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { MyAccount } from "../domain/account.ts";
import type { Admin, User, UserId } from "../domain/people.ts";
import { env } from "../env.ts";
import { mayEnterHere } from "../use-cases/admission.ts";
import { readVisitor } from "../use-cases/visitor.ts";
import { sessionCookieName } from "./cookies.ts";
import { signInPath } from "./return-path.ts";

/** Somebody who is signed in. */
export interface SignedIn {
  readonly user: User;
  /** Their own, first connected first. */
  readonly accounts: readonly MyAccount[];
}

/** Who is asking, or null; read once a request. */
export const currentVisitor = cache(async (): Promise<SignedIn | null> => {
  const token = (await cookies()).get(sessionCookieName())?.value;
  const visitor = token ? await readVisitor(token) : null;
  if (!visitor) return null;
  const { id, name, email, emailVerified, hd } = visitor.user;
  // Who may enter can change while a session is open.
  if (!mayEnterHere({ email, emailVerified, hd })) return null;
  const isAdmin = emailVerified && env().ADMIN_EMAILS.includes(email.toLowerCase());
  const user: User = { id: id as UserId, name, email, isAdmin, __proof: "requireUser" };
  return { user, accounts: visitor.accounts };
});

export const currentUser = async (): Promise<User | null> => (await currentVisitor())?.user ?? null;

/**
 * The first line of every page, action and route for people who are signed in. Others are sent to sign in, and come
 * back to `returnTo`.
 */
export async function requireVisitor(returnTo: string): Promise<SignedIn> {
  return (await currentVisitor()) ?? redirect(signInPath(returnTo));
}

/** The same, where their accounts do not matter. */
export const requireUser = async (returnTo: string): Promise<User> => (await requireVisitor(returnTo)).user;

/** The first line of everything below /admin. To everyone else there is nothing there. */
export async function requireAdmin(): Promise<Admin> {
  const user = await currentUser();
  if (!user?.isAdmin) notFound();
  return { ...user, isAdmin: true, __adminProof: "requireAdmin" };
}
