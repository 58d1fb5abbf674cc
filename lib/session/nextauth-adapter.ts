import "server-only";
import type { Adapter, AdapterUser } from "next-auth/adapters";
import type { User as UserRow } from "../db/generated/client.ts";
import {
  endSession,
  extendSession,
  findSession,
  findUser,
  findUserBySub,
  openSession,
} from "../use-cases/sessions.ts";

const toAdapterUser = (row: UserRow): AdapterUser => ({
  id: row.id,
  name: row.name,
  email: row.email,
  emailVerified: null,
});

const ours = (): never => {
  throw new Error("connectAccount makes users and accounts, before NextAuth looks for them.");
};

/**
 * What NextAuth needs of the database: sessions, and who an account belongs to. Users, accounts and tokens are made
 * by `connectAccount`, sealed and in one transaction.
 */
export const adapter: Adapter = {
  createUser: ours,
  linkAccount: ours,
  updateUser: ours,
  getUserByEmail: async () => null,
  getUser: async (id) => {
    const row = await findUser(id);
    return row && toAdapterUser(row);
  },
  getUserByAccount: async ({ providerAccountId }) => {
    const row = await findUserBySub(providerAccountId);
    return row && toAdapterUser(row);
  },
  createSession: async ({ sessionToken, userId, expires }) => {
    await openSession(sessionToken, userId, expires);
    return { sessionToken, userId, expires };
  },
  getSessionAndUser: async (sessionToken) => {
    const row = await findSession(sessionToken);
    if (!row) return null;
    const session = { sessionToken, userId: row.userId, expires: row.expiresAt };
    return { session, user: toAdapterUser(row.user) };
  },
  updateSession: async ({ sessionToken, expires }) => {
    if (expires) await extendSession(sessionToken, expires);
    return null;
  },
  deleteSession: async (sessionToken) => endSession(sessionToken),
};
