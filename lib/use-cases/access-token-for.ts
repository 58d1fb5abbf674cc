import "server-only";
import { database, type Transaction } from "../db/client.ts";
import type { AccountStatus } from "../domain/account.ts";
import type { AccountId } from "../domain/mail.ts";
import { env } from "../env.ts";
import { consentCauseOf } from "../oauth/consent-cause.ts";
import { OAuthError } from "../oauth/oauth-error.ts";
import { type RefreshedTokens, refreshTokens } from "../oauth/refresh.ts";
import { log } from "../telemetry/log.ts";
import { statusOf } from "../vault/account-status.ts";
import { type Credential, forgetTokens, readCredential, storeRefreshed } from "../vault/credential-store.ts";
import { decideRefresh } from "../vault/decide-refresh.ts";
import { lockAccount } from "../vault/lock-account.ts";
import { withRefreshLock } from "../vault/refresh-lock.ts";
import { changeAccountState } from "./change-account-state.ts";
import { oauthClient } from "./oauth-client.ts";

/** The account exists and cannot be used: its state says why and what would mend it. */
export class AccountUnusableError extends Error {
  override readonly name = "AccountUnusableError";
  readonly status: AccountStatus;

  constructor(status: AccountStatus) {
    super(`The account is ${status.state}${"cause" in status ? ` (${status.cause})` : ""}.`);
    this.status = status;
  }
}

export interface AccessTokenOptions {
  /** A token that Gmail has just answered 401 to. */
  readonly rejected?: string | undefined;
  readonly by?: "person" | "job";
}

const refreshDeadlineMs = 10_000;
const usedAgainAfterMs = 60_000;

// One refresh per account and process; next to it waits whoever asks meanwhile. See `database()` for globalThis.
const held = globalThis as { latchkeyRefreshes?: Map<AccountId, Promise<string>> };

/**
 * An access token that is good for at least a minute. However many ask at once, in however many processes, one
 * expiry costs one refresh.
 * @throws AccountUnusableError when a person has to act
 * @throws OAuthError when Google does not answer; the account stays as it is
 */
export async function accessTokenFor(
  accountId: AccountId,
  options: AccessTokenOptions = {},
): Promise<string> {
  const { credential } = await usableCredential(database(), accountId);
  const decision = decideRefresh(credential, new Date(), options.rejected);
  if (decision.refresh === false) {
    await noteUse(accountId, options.by ?? "person");
    return decision.accessToken;
  }
  const accessToken = await refreshOnce(accountId, options.rejected);
  await noteUse(accountId, options.by ?? "person");
  return accessToken;
}

/** @throws AccountUnusableError when the account may not be used now */
export async function requireUsable(accountId: AccountId): Promise<void> {
  const status = await readStatus(database(), accountId);
  if (status.state !== "ACTIVE") throw new AccountUnusableError(status);
}

async function readStatus(tx: Transaction, accountId: AccountId): Promise<AccountStatus> {
  const account = await tx.account.findUnique({ where: { id: accountId } });
  return account ? statusOf(account) : { state: "DISCONNECTED", cause: "user" };
}

async function usableCredential(tx: Transaction, accountId: AccountId) {
  const account = await tx.account.findUnique({ where: { id: accountId } });
  if (!account) throw new AccountUnusableError({ state: "DISCONNECTED", cause: "user" });
  const status = statusOf(account);
  if (status.state !== "ACTIVE") throw new AccountUnusableError(status);
  const credential = await readCredential(tx, env().TOKEN_KEYS, accountId);
  if (!credential) throw new AccountUnusableError({ state: "NEEDS_CONSENT", cause: "no-refresh-token" });
  return { account, credential };
}

function refreshOnce(accountId: AccountId, rejected: string | undefined): Promise<string> {
  held.latchkeyRefreshes ??= new Map();
  const flights = held.latchkeyRefreshes;
  const underWay = flights.get(accountId);
  if (underWay) return underWay;
  const flight = refreshUnderLock(accountId, rejected).finally(() => flights.delete(accountId));
  flights.set(accountId, flight);
  return flight;
}

async function refreshUnderLock(accountId: AccountId, rejected: string | undefined): Promise<string> {
  const askedAt = new Date();
  // A failure is a value until the transaction that wrote it down is committed.
  const outcome = await withRefreshLock(accountId, async (tx) => {
    const { account, credential } = await usableCredential(tx, accountId);
    const decision = decideRefresh(credential, new Date(), rejected);
    if (decision.refresh === false) return decision.accessToken;
    if (decision.refresh === "impossible") return declareDead(tx, accountId, credential, "no-refresh-token");
    if (account.unansweredAt && account.unansweredAt >= askedAt) {
      return new OAuthError("unavailable", "Google has just failed to answer another process.");
    }
    try {
      const tokens = await refreshTokens(oauthClient(), decision.refreshToken, {
        deadlineMs: refreshDeadlineMs,
      });
      return await keepRefreshed(tx, accountId, credential, tokens);
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      if (error.code !== "invalid-grant") return noteUnanswered(tx, accountId, error);
      const cause = consentCauseOf(
        error,
        { refreshTokenExpiresAt: credential.refreshTokenExpiresAt, lastRefreshedAt: account.lastRefreshedAt },
        new Date(),
      );
      return declareDead(tx, accountId, credential, cause);
    }
  });
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

const inSeconds = (seconds: number): Date => new Date(Date.now() + seconds * 1000);

async function keepRefreshed(
  tx: Transaction,
  accountId: AccountId,
  read: Credential,
  tokens: RefreshedTokens,
) {
  const { refreshTokenExpiresInSeconds } = tokens;
  await lockAccount(tx, accountId);
  const written = await storeRefreshed(tx, env().TOKEN_KEYS, accountId, read.version, {
    accessToken: tokens.accessToken,
    accessTokenExpiresAt: inSeconds(tokens.expiresInSeconds),
    refreshToken: tokens.refreshToken,
    refreshTokenExpiresAt:
      refreshTokenExpiresInSeconds === undefined ? undefined : inSeconds(refreshTokenExpiresInSeconds),
    scopes: tokens.scopes,
  });
  // Overtaken by a reconnect: its tokens are the ones that count.
  if (!written) return currentAccessToken(tx, accountId);
  await tx.account.updateMany({
    where: { id: accountId },
    data: { lastRefreshedAt: new Date(), unansweredSince: null, unansweredAt: null },
  });
  // Suspended or disconnected while Google was asked: the token is kept to be revoked, and not given out.
  const status = await readStatus(tx, accountId);
  return status.state === "ACTIVE" ? tokens.accessToken : new AccountUnusableError(status);
}

async function currentAccessToken(tx: Transaction, accountId: AccountId): Promise<string | Error> {
  const { credential } = await usableCredential(tx, accountId);
  return credential.accessToken ?? new OAuthError("unavailable", "The credential changed during a refresh.");
}

type Cause = Extract<AccountStatus, { state: "NEEDS_CONSENT" }>["cause"];

async function declareDead(tx: Transaction, accountId: AccountId, read: Credential, cause: Cause) {
  await lockAccount(tx, accountId);
  const forgotten = await forgetTokens(tx, env().TOKEN_KEYS, accountId, read.version);
  // Overtaken by a reconnect: what died is not what is stored now.
  if (!forgotten) return currentAccessToken(tx, accountId);
  const status = { state: "NEEDS_CONSENT", cause } as const;
  await changeAccountState(tx, status, { action: "account-needs-consent", actor: "system", accountId });
  log.info({ accountId, cause }, "a grant is dead");
  return new AccountUnusableError(status);
}

async function noteUnanswered(tx: Transaction, accountId: AccountId, error: OAuthError): Promise<OAuthError> {
  const now = new Date();
  await tx.account.updateMany({ where: { id: accountId }, data: { unansweredAt: now } });
  await tx.account.updateMany({
    where: { id: accountId, unansweredSince: null },
    data: { unansweredSince: now },
  });
  log.warn({ accountId, failure: error.code, status: error.status }, "Google did not answer a refresh");
  return error;
}

/** When and by whom an account was last used, to the minute: a write for every page would be too dear. */
async function noteUse(accountId: AccountId, by: "person" | "job"): Promise<void> {
  const now = new Date();
  const stale = { lt: new Date(now.getTime() - usedAgainAfterMs) };
  await database().account.updateMany({
    where: { id: accountId, OR: [{ lastUsedAt: null }, { lastUsedAt: stale }] },
    data: { lastUsedAt: now, lastUsedBy: by },
  });
}
