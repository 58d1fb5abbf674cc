import "server-only";
import type { Adapter, AdapterUser } from "next-auth/adapters";
import { accountIdOf } from "../domain/ids.ts";
import type { AccountId } from "../domain/mail.ts";
import type { User } from "../domain/people.ts";
import type { Client } from "../domain/session.ts";
import { readSessionOwner } from "../use-cases/accounts/session-owner.ts";
import { createSession, endOfSession, endSession, findAccountBySub } from "../use-cases/accounts/sessions.ts";

const toAdapterUser = ({
  id,
  name,
  email,
}: Pick<User, "name" | "email"> & { readonly id: string }): AdapterUser => ({
  id,
  name,
  email,
  emailVerified: null,
});

const ours = (): never => {
  throw new Error("connectAccount makes users and accounts, before NextAuth looks for them.");
};

/**
 * What NextAuth needs of the database for one request: sessions, and who an account belongs to. Users, accounts and
 * tokens are made by `connectAccount`, sealed and in one transaction. How long a session lives is ours to say, so
 * NextAuth never extends one.
 * @param client where the request comes from
 */
export function adapterFor(client: Client): Adapter {
  let proven: AccountId | null = null;
  return {
    createUser: ours,
    linkAccount: ours,
    updateUser: ours,
    getUserByEmail: async () => null,
    getUser: async () => null,
    getUserByAccount: async ({ providerAccountId }) => {
      const account = await findAccountBySub(providerAccountId);
      // A further account opens no session, whatever the trip was begun for.
      proven = account?.maySignIn ? accountIdOf(account.id) : null;
      return account && toAdapterUser(account.user);
    },
    createSession: async ({ sessionToken, userId, expires }) => {
      if (!proven) throw new Error("A session is opened by an account that Google has just proven.");
      await createSession(sessionToken, { userId, accountId: proven, ...client });
      return { sessionToken, userId, expires };
    },
    getSessionAndUser: async (sessionToken) => {
      const visitor = await readSessionOwner(sessionToken);
      if (!visitor?.isAdmitted) return null;
      const { user, session } = visitor;
      return {
        session: { sessionToken, userId: user.id, expires: endOfSession(session) },
        user: toAdapterUser(user),
      };
    },
    updateSession: async () => null,
    deleteSession: async (sessionToken) => endSession(sessionToken),
  };
}
