import "server-only";
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { Admin, User, UserId } from "../domain/people.ts";
import { env } from "../env.ts";
import { mayEnterHere } from "../use-cases/admission.ts";
import { findSession } from "../use-cases/sessions.ts";
import { sessionCookieName } from "./cookies.ts";
import { signInPath } from "./return-path.ts";

/** Who is asking, or null; read once a request. */
export const currentUser = cache(async (): Promise<User | null> => {
  const token = (await cookies()).get(sessionCookieName())?.value;
  const session = token ? await findSession(token) : null;
  if (!session) return null;
  const { id, name, email, emailVerified, hd } = session.user;
  // Who may enter can change while a session is open.
  if (!mayEnterHere({ email, emailVerified, hd })) return null;
  const isAdmin = emailVerified && env().ADMIN_EMAILS.includes(email.toLowerCase());
  return { id: id as UserId, name, email, isAdmin, __proof: "requireUser" };
});

/**
 * The first line of every page, action and route for people who are signed in. Others are sent to sign in, and come
 * back to `returnTo`.
 */
export async function requireUser(returnTo: string): Promise<User> {
  return (await currentUser()) ?? redirect(signInPath(returnTo));
}

/** The first line of everything below /admin. To everyone else there is nothing there. */
export async function requireAdmin(): Promise<Admin> {
  const user = await currentUser();
  if (!user?.isAdmin) notFound();
  return { ...user, isAdmin: true, __adminProof: "requireAdmin" };
}
