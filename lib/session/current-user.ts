import "server-only";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { MyAccount } from "../domain/account.ts";
import { asAccountId, userIdOf } from "../domain/ids.ts";
import { asLanguage } from "../domain/language.ts";
import { withdrawnPath } from "../domain/paths.ts";
import type { Admin, User } from "../domain/people.ts";
import { limitGuess } from "../request/limit.ts";
import { clientOf, noteReached } from "../request/visit.ts";
import { readSessionOwner, type SessionOwner } from "../use-cases/accounts/session-owner.ts";
import { noteSessionUse } from "../use-cases/accounts/sessions.ts";
import { readWithdrawal, type Withdrawal, whyEnded } from "../use-cases/accounts/why-ended.ts";
import { sessionCookieName } from "./cookies.ts";
import { signInPath } from "./return-path.ts";

/** Somebody who is signed in. */
export interface SignedIn {
  readonly user: User;
  /** Their own, first connected first. */
  readonly accounts: readonly MyAccount[];
  /** The account that opened the session: what they may do is judged from it. */
  readonly openedWith: MyAccount;
  readonly sessionId: string;
  /** When Google proved who they are: when the session was opened. */
  readonly provenAt: Date;
}

/** An account's owner, who may take it back even where they are not admitted any more. */
export interface Owner extends SignedIn {
  readonly isAdmitted: boolean;
}

/** The token that this request came with, good or not. */
export const sessionToken = async (): Promise<string | undefined> =>
  (await cookies()).get(sessionCookieName())?.value;

/** The open session of this request, or null; looked up once a request. */
const requestSession = cache(async (): Promise<SessionOwner | null> => {
  noteReached();
  const token = await sessionToken();
  return token ? sessionWith(token) : null;
});

/** The open session with this token, or null: then the token counts as a guess. */
export async function sessionWith(token: string): Promise<SessionOwner | null> {
  const visitor = await readSessionOwner(token);
  if (!visitor) await limitGuess(token);
  return visitor;
}

function signedIn({
  user: { id, name, email, language },
  accounts,
  openedWith,
  session,
  isAdmin,
}: SessionOwner): SignedIn {
  const user: User = {
    id: userIdOf(id),
    name,
    email,
    isAdmin,
    language: asLanguage(language) ?? null,
    __proof: "requireUser",
  };
  return { user, accounts, openedWith, sessionId: session.id, provenAt: session.createdAt };
}

const ownerOf = (session: SessionOwner): Owner => ({ ...signedIn(session), isAdmitted: session.isAdmitted });

/** Who is asking, as far as they may be here, or null. */
export async function currentVisitor(): Promise<SignedIn | null> {
  const visitor = await requestSession();
  return visitor?.isAdmitted ? signedIn(visitor) : null;
}

/** Who a session's token belongs to, or null: judged as {@link currentVisitor} is. */
export async function visitorWith(token: string): Promise<SignedIn | null> {
  const owner = await ownerWith(token);
  return owner?.isAdmitted ? owner : null;
}

/** Who a session's token belongs to, admitted or not, or null. */
export async function ownerWith(token: string): Promise<Owner | null> {
  const session = await readSessionOwner(token);
  return session && ownerOf(session);
}

/** Who is asking, admitted or not, or null. */
export async function currentOwner(): Promise<Owner | null> {
  const session = await requestSession();
  return session && ownerOf(session);
}

export const currentUser = async (): Promise<User | null> => (await currentVisitor())?.user ?? null;

/** Whether the session is open and its account is no longer admitted. */
export async function isPastVisitor(): Promise<boolean> {
  return (await requestSession())?.isAdmitted === false;
}

/** The session of this request, noted as used by it, or null. */
async function usedSession(): Promise<SessionOwner | null> {
  const visitor = await requestSession();
  if (!visitor) return null;
  const { id: sessionId, lastUsedAt } = visitor.session;
  await noteSessionUse({ sessionId, lastUsedAt, ...clientOf(await headers()) });
  return visitor;
}

/** The session of this request; whoever has none is sent to sign in, or told why their session has ended. */
const requireSession = async (returnTo: string): Promise<SessionOwner> =>
  (await usedSession()) ?? redirect(await wayIn(returnTo));

async function wayIn(returnTo: string): Promise<string> {
  const token = await sessionToken();
  const withdrawn = token ? await whyEnded(token) : null;
  return withdrawn ? withdrawnPath(withdrawn) : signInPath(returnTo);
}

/**
 * An admin's withdrawal of an account, for its former owner: somebody signed in, or a browser whose session ended with
 * it. Everybody else gets a 404.
 */
export async function requireWithdrawal(accountId: string): Promise<Withdrawal> {
  const id = asAccountId(accountId) ?? notFound();
  const visitor = await requestSession();
  const token = await sessionToken();
  const asking = visitor ? signedIn(visitor) : token ? { token } : null;
  return (asking && (await readWithdrawal(id, asking))) ?? notFound();
}

/**
 * The first line of every page, action and route for people who are signed in. Others are sent to sign in, and come
 * back to `returnTo`; owners who are no longer admitted are sent to what is still kept of them.
 */
export async function requireVisitor(returnTo: string): Promise<SignedIn> {
  const visitor = await requireSession(returnTo);
  if (visitor.isAdmitted) return signedIn(visitor);
  const { id, status } = visitor.openedWith;
  const isWithdrawn = status.state === "DISCONNECTED" && status.cause === "admin";
  return redirect(isWithdrawn ? withdrawnPath(id) : "/accounts");
}

/** Like {@link requireVisitor}, for a user whose accounts do not matter. */
export const requireUser = async (returnTo: string): Promise<User> => (await requireVisitor(returnTo)).user;

/** The first line of pages and actions where owners see their accounts and take keys back, admitted or not. */
export async function requireOwner(returnTo: string): Promise<Owner> {
  return ownerOf(await requireSession(returnTo));
}

/** The first line of everything below /admin. For everyone else these pages do not exist. */
export async function requireAdmin(): Promise<Admin> {
  const visitor = await usedSession();
  if (!visitor?.isAdmin) notFound();
  return { ...signedIn(visitor).user, isAdmin: true, __adminProof: "requireAdmin" };
}
