import "server-only";
import { database } from "../db/client.ts";
import type { Account, Credential, User } from "../db/generated/client.ts";
import type { MyAccount } from "../domain/account.ts";
import { hashSessionToken } from "../vault/session-token.ts";
import { toMyAccount } from "./my-accounts.ts";

/** Whom an open session belongs to. */
export interface Visitor {
  readonly user: Pick<User, "id" | "name" | "email" | "emailVerified" | "hd">;
  /** First connected first. */
  readonly accounts: readonly MyAccount[];
}

type Row = { readonly [Column in keyof Visitor["user"] as `user_${Column}`]: User[Column] } & Account &
  Pick<Credential, "scopes" | "refreshTokenExpiresAt">;

/** The visitor with this token and their accounts, in one question: every page asks it. Null when the session has ended. */
export async function readVisitor(token: string): Promise<Visitor | null> {
  const rows = await database().$queryRaw<Row[]>`
    SELECT u.id AS "user_id", u.name AS "user_name", u.email AS "user_email", u."emailVerified" AS "user_emailVerified",
      u.hd AS "user_hd", a.id, a."userId", a.sub, a.email, a.name, a."state"::text, a.cause, a."stateChangedAt",
      a."connectedAt", a."lastRefreshedAt", a."lastUsedAt", a."lastUsedBy", a."lastReadAt", a."unansweredSince",
      a."unansweredAt", c."scopes", c."refreshTokenExpiresAt"
    FROM "Session" s
    JOIN "User" u ON u.id = s."userId"
    LEFT JOIN "Account" a ON a."userId" = u.id
    LEFT JOIN "Credential" c ON c."accountId" = a.id
    WHERE s."tokenHash" = ${hashSessionToken(token)} AND s."expiresAt" > ${new Date()}
    ORDER BY a."connectedAt", a.id`;
  const [first] = rows;
  if (!first) return null;
  const { user_id: id, user_name: name, user_email: email, user_emailVerified: emailVerified } = first;
  return {
    user: { id, name, email, emailVerified, hd: first.user_hd },
    accounts: rows.filter((row) => row.id !== null).map((row) => toMyAccount({ ...row, credential: row })),
  };
}
