import "server-only";
import type { Transaction } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import type { TokenKeys } from "../domain/token-keys.ts";
import { makeDataKey, UnknownTokenKeyError, unwrapDataKey } from "./data-key.ts";
import type { StoredAccess } from "./decide-refresh.ts";
import { openText, SealError, sealText } from "./seal.ts";

/** What Google gave, opened. Lives as long as a request; never logged, never sent to a browser. */
export interface Credential extends StoredAccess {
  /** Grows with every write. A write names the version it has read, or does nothing. */
  readonly version: number;
  readonly refreshTokenExpiresAt: Date | null;
  readonly scopes: readonly string[];
}

/** What an answer of the token endpoint adds. `null` forgets, `undefined` keeps what is stored. */
export interface Grant {
  readonly accessToken: string | null;
  readonly accessTokenExpiresAt: Date | null;
  readonly refreshToken?: string | null | undefined;
  readonly refreshTokenExpiresAt?: Date | null | undefined;
  readonly scopes?: readonly string[] | undefined;
}

type TokenField = "refreshToken" | "accessToken";

const contextOf = (accountId: AccountId, field: TokenField) => ({ table: "Credential", field, accountId });

/**
 * Reads and opens an account's credential, or null where there is none.
 * @throws SealError, UnknownTokenKeyError
 */
export async function readCredential(
  tx: Transaction,
  keys: TokenKeys,
  accountId: AccountId,
): Promise<Credential | null> {
  // Two questions, and each may find that the account has just been destroyed.
  const dataKey = await readDataKey(tx, keys, accountId);
  const row = await tx.credential.findUnique({ where: { accountId } });
  if (!dataKey || !row) return null;
  const open = (field: TokenField, sealed: Uint8Array | null) =>
    sealed && openText(dataKey, sealed, contextOf(accountId, field));
  return {
    version: row.version,
    refreshToken: open("refreshToken", row.refreshTokenSealed),
    refreshTokenExpiresAt: row.refreshTokenExpiresAt,
    accessToken: open("accessToken", row.accessTokenSealed),
    accessTokenExpiresAt: row.accessTokenExpiresAt,
    scopes: row.scopes,
  };
}

function sealGrant(dataKey: Uint8Array, accountId: AccountId, grant: Grant) {
  const seal = <Token extends string | null | undefined>(field: TokenField, token: Token) =>
    token ? sealText(dataKey, token, contextOf(accountId, field)) : (token as Exclude<Token, string>);
  const refreshTokenSealed = seal("refreshToken", grant.refreshToken);
  return {
    accessTokenSealed: seal("accessToken", grant.accessToken) ?? null,
    accessTokenExpiresAt: grant.accessTokenExpiresAt,
    ...(refreshTokenSealed === undefined ? {} : { refreshTokenSealed }),
    ...(grant.refreshTokenExpiresAt === undefined
      ? {}
      : { refreshTokenExpiresAt: grant.refreshTokenExpiresAt }),
    ...(grant.scopes === undefined ? {} : { scopes: [...grant.scopes] }),
  };
}

async function readDataKey(tx: Transaction, keys: TokenKeys, accountId: AccountId) {
  const stored = await tx.dataKey.findUnique({ where: { accountId } });
  return stored && unwrapDataKey(keys, accountId, stored);
}

async function createDataKey(tx: Transaction, keys: TokenKeys, accountId: AccountId): Promise<Uint8Array> {
  const made = makeDataKey(keys, accountId);
  await tx.dataKey.create({ data: { accountId, ...made.stored } });
  return made.dataKey;
}

/** Whether an error says that what is stored was altered, or was sealed for another place: no key opens it. */
export const doesNotOpen = (error: unknown): boolean => error instanceof SealError;

/** Which key of TOKEN_KEYS this server lacks, if that is what an error says. */
export const lackingKey = (error: unknown): string | null =>
  error instanceof UnknownTokenKeyError ? error.keyId : null;

/** Drops a credential that no key opens any more, with its data key: a new grant starts from nothing. */
export async function discardCredential(tx: Transaction, accountId: AccountId): Promise<void> {
  await tx.credential.deleteMany({ where: { accountId } });
  await tx.dataKey.deleteMany({ where: { accountId } });
}

/** Stores what an exchange brought. A person stood behind it, so it wins over any refresh under way. */
export async function storeGrant(tx: Transaction, keys: TokenKeys, accountId: AccountId, grant: Grant) {
  const dataKey = (await readDataKey(tx, keys, accountId)) ?? (await createDataKey(tx, keys, accountId));
  const sealed = sealGrant(dataKey, accountId, grant);
  await tx.credential.upsert({
    where: { accountId },
    create: { accountId, ...sealed },
    update: { ...sealed, version: { increment: 1 } },
  });
}

/**
 * Stores what a refresh brought, if the credential is still the one that was refreshed.
 * @returns false when it has changed or gone meanwhile, and nothing was written
 */
export async function storeRefreshed(
  tx: Transaction,
  keys: TokenKeys,
  accountId: AccountId,
  versionRead: number,
  grant: Grant,
): Promise<boolean> {
  const dataKey = await readDataKey(tx, keys, accountId);
  if (!dataKey) return false; // The account was destroyed meanwhile.
  const sealed = sealGrant(dataKey, accountId, grant);
  const { count } = await tx.credential.updateMany({
    where: { accountId, version: versionRead },
    data: { ...sealed, version: { increment: 1 } },
  });
  return count === 1;
}

/** Forgets both tokens of a dead grant, if the credential is still the one that was found dead. */
export function forgetTokens(tx: Transaction, keys: TokenKeys, accountId: AccountId, versionRead: number) {
  return storeRefreshed(tx, keys, accountId, versionRead, {
    accessToken: null,
    accessTokenExpiresAt: null,
    refreshToken: null,
    refreshTokenExpiresAt: null,
  });
}
