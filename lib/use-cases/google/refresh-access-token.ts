import "server-only";
import { database, type Transaction } from "../../db/client.ts";
import { unlessFull } from "../../db/unless-full.ts";
import type { ConsentCause } from "../../domain/account.ts";
import { accountIdOf } from "../../domain/ids.ts";
import type { AccountId } from "../../domain/mail.ts";
import { perProcess } from "../../domain/per-process.ts";
import { SingleFlight } from "../../domain/single-flight.ts";
import { env } from "../../env.ts";
import { consentCauseOf } from "../../oauth/consent-cause.ts";
import { OAuthError } from "../../oauth/oauth-error.ts";
import { type RefreshedTokens, refreshTokens } from "../../oauth/refresh.ts";
import type { RefreshedIdentity } from "../../oauth/refreshed-identity.ts";
import { log } from "../../telemetry/log.ts";
import { metrics } from "../../telemetry/metrics.ts";
import { type Credential, forgetTokens, storeRefreshed } from "../../vault/credential-store.ts";
import { decideRefresh } from "../../vault/decide-refresh.ts";
import { lockAccount } from "../../vault/lock-account.ts";
import { RefreshLockBusyError, withRefreshLock } from "../../vault/refresh-lock.ts";
import { changeAccountState } from "../accounts/change-account-state.ts";
import { inSeconds } from "../accounts/keep-tokens.ts";
import { noteIdentity } from "../accounts/note-identity.ts";
import {
  AccountUnusableError,
  readStatus,
  type UsableAccount,
  usableAccount,
} from "../accounts/usable-account.ts";
import { oauthClient } from "./oauth-client.ts";
import { noteUnanswered } from "./unanswered-refresh.ts";

const refreshDeadlineMs = 8_000;

// One refresh per account in this process; callers at the same time share it.
const refreshes = perProcess("refreshes", () => new SingleFlight<AccountId, string>());

/**
 * A new access token. However many ask at once, in this process and in others, Google is asked once.
 * @param rejected a token that is not to be given back, whatever its date says
 * @throws AccountUnusableError, OAuthError
 */
export async function refreshAccessToken(
  accountId: AccountId,
  rejected: string | undefined,
): Promise<string> {
  let isOurs = false;
  const token = await refreshes().do(accountId, () => {
    isOurs = true;
    return refreshUnderLock(accountId, rejected);
  });
  // A flight that began without knowing of the rejection may come back with the rejected token.
  return token === rejected && !isOurs ? refreshAccessToken(accountId, rejected) : token;
}

async function refreshUnderLock(accountId: AccountId, rejected: string | undefined): Promise<string> {
  const refresh: Refresh = { accountId, rejected, askedAt: new Date(), given: null };
  try {
    // A failure is returned, not thrown: the transaction that wrote it down has to be committed.
    const outcome = await unlessFull(
      withRefreshLock(accountId, (tx) => refreshOnce(tx, refresh)),
      null,
    );
    if (outcome instanceof Error) throw outcome;
    return outcome ?? (await unkeptToken(refresh));
  } catch (error) {
    if (!(error instanceof RefreshLockBusyError)) throw error;
    throw new OAuthError("unavailable", "Every refresh that may wait for Google is waiting.", {
      cause: error,
    });
  }
}

interface Refresh {
  readonly accountId: AccountId;
  readonly rejected: string | undefined;
  readonly askedAt: Date;
  /** The token that Google has given, stored or not. */
  given: string | null;
}

/**
 * The token that Google has given and that a full disk kept from being stored: used this once.
 * @throws AccountUnusableError, OAuthError
 */
async function unkeptToken({ accountId, given }: Refresh): Promise<string> {
  const status = await readStatus(database(), accountId);
  if (status.state !== "ACTIVE") throw new AccountUnusableError(status);
  if (given === null) throw new OAuthError("unavailable", "Google has failed, and that could not be noted.");
  return given;
}

async function refreshOnce(tx: Transaction, refresh: Refresh) {
  const { accountId, rejected, askedAt } = refresh;
  const usable = await usableAccount(tx, accountId);
  const { account, credential } = usable;
  const decision = decideRefresh(credential, new Date(), rejected);
  const pausedForMs = (account.askAgainAt?.getTime() ?? 0) - Date.now();
  if (decision.refresh === false) return decision.accessToken;
  if (decision.refresh === "impossible") return declareDead(tx, accountId, credential, "no-refresh-token");
  if (pausedForMs > 0) {
    const details = { retryAfterMs: pausedForMs };
    return new OAuthError("rate-limited", "Google has asked for a pause.", details);
  }
  if (account.unansweredAt && account.unansweredAt >= askedAt) {
    return new OAuthError("unavailable", "Google has just failed to answer another process.");
  }
  log.debug(
    { event: "token.refresh.started", accountId, reason: decision.reason },
    "Google is asked for another access token",
  );
  try {
    const tokens = await refreshTokens(oauthClient(), decision.refreshToken, {
      deadlineMs: refreshDeadlineMs,
    });
    if (tokens.identity && tokens.identity.sub !== account.sub)
      throw new OAuthError("malformed-answer", "Google's answer to the refresh is about another account.");
    metrics().refreshes.inc({ outcome: "refreshed" });
    refresh.given = tokens.accessToken;
    return await keepRefreshed(tx, accountId, credential, tokens);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return noteFailure(tx, usable, error);
  }
}

async function noteFailure(tx: Transaction, { account, credential }: UsableAccount, error: OAuthError) {
  const accountId = accountIdOf(account.id);
  if (error.code !== "invalid-grant") {
    metrics().refreshes.inc({ outcome: error.code });
    return noteUnanswered(tx, accountId, error);
  }
  const { refreshTokenExpiresAt } = credential;
  const { lastRefreshedAt } = account;
  const cause = consentCauseOf(error, { refreshTokenExpiresAt, lastRefreshedAt }, new Date());
  metrics().refreshes.inc({ outcome: cause });
  return declareDead(tx, accountId, credential, cause);
}

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
    data: {
      lastRefreshedAt: new Date(),
      unansweredSince: null,
      unansweredAt: null,
      clientRefusedSince: null,
      clientRefusal: null,
    },
  });
  if (tokens.identity) await noteRefreshedIdentity(tx, accountId, tokens.identity);
  // Suspended or disconnected while Google was asked: the token is kept to be revoked, and not given out.
  const status = await readStatus(tx, accountId);
  return status.state === "ACTIVE" ? tokens.accessToken : new AccountUnusableError(status);
}

/** A changed address, and the rights that hang on it, are not left to the next sign-in. */
async function noteRefreshedIdentity(tx: Transaction, accountId: AccountId, told: RefreshedIdentity) {
  const account = await tx.account.findUnique({ where: { id: accountId } });
  if (account) await noteIdentity(tx, account, { ...told, name: told.name ?? account.name });
}

async function currentAccessToken(tx: Transaction, accountId: AccountId): Promise<string | Error> {
  const { credential } = await usableAccount(tx, accountId);
  return credential.accessToken ?? new OAuthError("unavailable", "The credential changed during a refresh.");
}

async function declareDead(tx: Transaction, accountId: AccountId, read: Credential, cause: ConsentCause) {
  await lockAccount(tx, accountId);
  const forgotten = await forgetTokens(tx, env().TOKEN_KEYS, accountId, read.version);
  // Overtaken by a reconnect: what died is not what is stored now.
  if (!forgotten) return currentAccessToken(tx, accountId);
  const status = { state: "NEEDS_CONSENT", cause } as const;
  await changeAccountState(tx, status, { action: "account-needs-consent", actor: "system", accountId });
  log.info({ event: "grant.dead", accountId, cause }, "a grant is dead");
  return new AccountUnusableError(status);
}
