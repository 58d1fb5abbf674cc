import "server-only";
import { database } from "../../db/client.ts";
import type { Account, Credential, Session, User } from "../../db/generated/client.ts";
import { isUsable, type MyAccount } from "../../domain/account.ts";
import type { AccountId } from "../../domain/mail.ts";
import { isNamedAdmin } from "./admission.ts";
import { toMyAccount } from "./my-accounts.ts";
import { hashSessionToken, sessionBounds } from "./sessions.ts";

/** Whom an open session belongs to, and what the account that opened it may do now. */
export interface SessionOwner {
  readonly session: Pick<Session, "id" | "createdAt" | "lastUsedAt">;
  readonly user: Pick<User, "id" | "name" | "email" | "language">;
  /** The account that Google proved when the session was opened. */
  readonly openedWith: MyAccount;
  /** First connected first. */
  readonly accounts: readonly MyAccount[];
  /** Whether that account may still be here. If not, its owner may look at what is left, and take keys back. */
  readonly isAdmitted: boolean;
  readonly isAdmin: boolean;
}

type Row = {
  readonly session_id: string;
  readonly session_accountId: AccountId;
  readonly session_createdAt: Date;
  readonly session_lastUsedAt: Date;
  readonly user_name: string | null;
  readonly user_email: string;
  readonly user_language: string | null;
  readonly isPinned: boolean;
  readonly keyId: string | null;
} & Account &
  Pick<Credential, "scopes" | "refreshTokenExpiresAt">;

/**
 * The owner of the session with this token, and their accounts, in one question: every page asks it. Null when the session has ended,
 * when the account that opened it is gone, or when that one may open none any more.
 */
export async function readSessionOwner(token: string): Promise<SessionOwner | null> {
  const { begunAfter, usedAfter } = sessionBounds();
  const rows = await database().$queryRaw<Row[]>`
    SELECT s.id AS "session_id", s."accountId" AS "session_accountId", s."createdAt" AS "session_createdAt",
      s."lastUsedAt" AS "session_lastUsedAt", u.name AS "user_name", u.email AS "user_email", u.language AS "user_language",
      p.email IS NOT NULL AS "isPinned", a.id, a."userId", a.sub, a.email, a."emailVerified", a.hd, a.name,
      a."maySignIn", a."state"::text, a.cause, a."stateChangedAt", a."connectedAt", a."lastRefreshedAt",
      a."lastUsedAt", a."lastUsedBy", a."lastReadAt", a."unansweredSince", a."unansweredAt",
      a."clientRefusedSince", a."clientRefusal", c."scopes", c."refreshTokenExpiresAt", k."keyId"
    FROM "Session" s
    JOIN "User" u ON u.id = s."userId"
    JOIN "Account" a ON a."userId" = u.id
    LEFT JOIN "AdminPin" p ON a.id = s."accountId" AND p.email = lower(a.email COLLATE "C") COLLATE "default" AND p.sub = a.sub
    LEFT JOIN "Credential" c ON c."accountId" = a.id
    LEFT JOIN "DataKey" k ON k."accountId" = a.id
    WHERE s."tokenHash" = ${hashSessionToken(token)} AND s."createdAt" > ${begunAfter}
      AND s."lastUsedAt" > ${usedAfter}
    ORDER BY a."connectedAt", a.id`;
  const opener = rows.find((row) => row.id === row.session_accountId);
  return opener?.maySignIn ? toSessionOwner(opener, rows) : null;
}

function toSessionOwner(opener: Row, rows: readonly Row[]): SessionOwner {
  const accounts = rows.map((row) => toMyAccount({ ...row, credential: row, dataKey: row }));
  const openedWith = toMyAccount({ ...opener, credential: opener, dataKey: opener });
  const isAdmitted = isUsable(openedWith.status);
  return {
    session: {
      id: opener.session_id,
      createdAt: opener.session_createdAt,
      lastUsedAt: opener.session_lastUsedAt,
    },
    user: {
      id: opener.userId,
      name: opener.user_name,
      email: opener.user_email,
      language: opener.user_language,
    },
    openedWith,
    accounts,
    isAdmitted,
    isAdmin: isAdmitted && isNamedAdmin(opener, opener.isPinned),
  };
}
