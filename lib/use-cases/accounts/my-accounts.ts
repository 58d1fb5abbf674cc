import "server-only";
import { database } from "../../db/client.ts";
import type { Account, Credential } from "../../db/generated/client.ts";
import type { MyAccount } from "../../domain/account.ts";
import { asClientRefusalWord, type ClientRefusal } from "../../domain/client-refusal.ts";
import { accountIdOf, asAccountId } from "../../domain/ids.ts";
import type { AccountId } from "../../domain/mail.ts";
import type { User } from "../../domain/people.ts";
import { env } from "../../env.ts";
import { statusNow } from "./account-status.ts";

const shape = {
  credential: { select: { scopes: true, refreshTokenExpiresAt: true } },
  dataKey: { select: { keyId: true } },
} as const;

/** One account, if it is this user's; null for a missing one and for somebody else's alike. */
export async function findMyAccount(user: User, accountId: string): Promise<MyAccount | null> {
  const id = asAccountId(accountId);
  if (!id) return null;
  const row = await database().account.findFirst({ where: { id, userId: user.id }, include: shape });
  return row && toMyAccount(row);
}

/** What preselects this account at Google: its `sub`, since an address may be somebody else's by now. Null when it is not this user's. */
export async function loginHintFor(user: User, accountId: AccountId): Promise<string | null> {
  const row = await database().account.findFirst({ where: { id: accountId, userId: user.id } });
  return row?.sub ?? null;
}

type Row = Account & {
  readonly credential: Pick<Credential, "scopes" | "refreshTokenExpiresAt"> | null;
  readonly dataKey: { readonly keyId: string | null } | null;
};

/** The key that this server lacks, where an account's data key is wrapped with one. */
export const keyLackedFor = ({ dataKey }: Pick<Row, "dataKey">): string | null => {
  const keyId = dataKey?.keyId ?? null;
  return env().TOKEN_KEYS.some(({ id }) => id === keyId) ? null : keyId;
};

/** The refusal that an account's row holds; a word that is not known here counts as the most usual one. */
export const clientRefusalOf = ({
  clientRefusedSince,
  clientRefusal,
}: Pick<Account, "clientRefusedSince" | "clientRefusal">): ClientRefusal | null =>
  clientRefusedSince && {
    since: clientRefusedSince,
    word: asClientRefusalWord(clientRefusal) ?? "invalid_client",
  };

export function toMyAccount(row: Row): MyAccount {
  const status = statusNow(row);
  return {
    id: accountIdOf(row.id),
    email: row.email,
    name: row.name,
    status,
    maySignIn: row.maySignIn,
    // The row does not hold this state yet, so it begins now.
    stateChangedAt: status.state === row.state ? row.stateChangedAt : new Date(),
    connectedAt: row.connectedAt,
    lastRefreshedAt: row.lastRefreshedAt,
    lastUsedAt: row.lastUsedAt,
    lastReadAt: row.lastReadAt,
    unansweredSince: row.unansweredSince,
    clientRefusal: clientRefusalOf(row),
    lacksKey: keyLackedFor(row),
    scopes: row.credential?.scopes ?? [],
    grantEndsAt: row.credential?.refreshTokenExpiresAt ?? null,
  };
}
