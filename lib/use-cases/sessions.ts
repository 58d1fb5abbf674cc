import "server-only";
import { database } from "../db/client.ts";
import type { Account, Session, User as UserRow } from "../db/generated/client.ts";
import { hashSessionToken } from "../vault/session-token.ts";
import { forgetUserWithoutTrace } from "./destroy-account.ts";

/** Sessions, kept by the hash of their token. */
export async function openSession(token: string, userId: string, expiresAt: Date): Promise<void> {
  await database().session.create({ data: { tokenHash: hashSessionToken(token), userId, expiresAt } });
}

export async function findSession(token: string): Promise<(Session & { user: UserRow }) | null> {
  return database().session.findFirst({
    where: { tokenHash: hashSessionToken(token), expiresAt: { gt: new Date() } },
    include: { user: true },
  });
}

export async function extendSession(token: string, expiresAt: Date): Promise<void> {
  await database().session.updateMany({ where: { tokenHash: hashSessionToken(token) }, data: { expiresAt } });
}

export async function endSession(token: string): Promise<void> {
  await database().$transaction(async (tx) => {
    const tokenHash = hashSessionToken(token);
    const session = await tx.session.findUnique({ where: { tokenHash } });
    if (!session) return;
    await tx.session.delete({ where: { tokenHash } });
    await forgetUserWithoutTrace(tx, session.userId);
  });
}

/** Sessions that ended by themselves, and users of whom nothing else is left. */
export async function sweepSessions(): Promise<void> {
  await database().$transaction(async (tx) => {
    await tx.session.deleteMany({ where: { expiresAt: { lte: new Date() } } });
    await tx.user.deleteMany({ where: { accounts: { none: {} }, sessions: { none: {} } } });
  });
}

export async function findUser(id: string): Promise<UserRow | null> {
  return database().user.findUnique({ where: { id } });
}

export async function findUserBySub(sub: string): Promise<UserRow | null> {
  const account: (Account & { user: UserRow }) | null = await database().account.findUnique({
    where: { sub },
    include: { user: true },
  });
  return account?.user ?? null;
}
