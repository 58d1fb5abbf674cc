import "server-only";
import { recordEvent } from "../audit/audit.ts";
import { database, type Transaction } from "../db/client.ts";
import type { Account, User as UserRow } from "../db/generated/client.ts";
import { type AccountStatus, mayReadMail } from "../domain/account.ts";
import type { AccountId } from "../domain/mail.ts";
import type { UserId } from "../domain/people.ts";
import type { SignInProblem } from "../domain/sign-in-problem.ts";
import { env } from "../env.ts";
import { forgetMailbox } from "../mailbox/forget-mailbox.ts";
import { log } from "../telemetry/log.ts";
import { discardCredential, doesNotOpen, readCredential, storeGrant } from "../vault/credential-store.ts";
import { lockAccountOf } from "../vault/lock-account.ts";
import { type GoogleIdentity, mayEnterHere } from "./admission.ts";
import { changeAccountState } from "./change-account-state.ts";
import { wantMailJob } from "./mail-jobs.ts";

/** What the code exchange brought. */
export interface ExchangedTokens {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly scopes: readonly string[];
  readonly refreshToken: string | undefined;
  readonly refreshTokenExpiresInSeconds: number | undefined;
}

export interface ConnectRequest {
  readonly identity: GoogleIdentity;
  readonly tokens: ExchangedTokens;
  /** Who connects a further account of theirs; null for a sign-in. */
  readonly currentUserId: UserId | null;
  /** The account that is to be reconnected, when that is what was asked for. */
  readonly reconnecting: AccountId | null;
}

export type Refusal = Extract<
  SignInProblem,
  "not-allowed" | "wrong-account" | "belongs-to-another-user" | "suspended" | "still-disconnecting"
>;

export type ConnectOutcome =
  | { readonly connected: true; readonly accountId: AccountId; readonly status: AccountStatus }
  | { readonly connected: false; readonly refusal: Refusal };

const inSeconds = (seconds: number): Date => new Date(Date.now() + seconds * 1000);

/**
 * After every exchange, new account or old: judges who it is, then stores what Google gave, in one transaction.
 * A refusal stores nothing.
 */
export async function connectAccount(request: ConnectRequest): Promise<ConnectOutcome> {
  const { identity } = request;
  if (!mayEnterHere(identity)) return { connected: false, refusal: "not-allowed" };
  return database().$transaction(async (tx) => {
    // Two tabs that sign the same person in at once must not make two of them.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`connect:${identity.sub}`}, 0))`;
    await lockAccountOf(tx, identity.sub);
    const known = await tx.account.findUnique({ where: { sub: identity.sub } });
    const refusal = (known && refuseKnown(known, request)) ?? (await refuseReconnect(tx, request));
    if (refusal) return { connected: false, refusal };
    const accountId = known ? (known.id as AccountId) : null;
    const status = statusAfter(request.tokens, accountId && (await storedRefreshToken(tx, accountId)));
    const account = known
      ? await reconnect(tx, known, request, status)
      : await createAccount(tx, request, status);
    await keepTokens(tx, account, request.tokens);
    await bringMailIn(tx, account.id as AccountId);
    return { connected: true, accountId: account.id as AccountId, status };
  });
}

function refuseKnown(account: Account, { currentUserId }: ConnectRequest): Refusal | null {
  if (account.state === "SUSPENDED") return "suspended";
  if (account.state === "DISCONNECTED") return "still-disconnecting";
  if (currentUserId !== null && account.userId !== currentUserId) return "belongs-to-another-user";
  return null;
}

async function refuseReconnect(tx: Transaction, request: ConnectRequest): Promise<Refusal | null> {
  if (request.reconnecting === null) return null;
  const asked = await tx.account.findUnique({ where: { id: request.reconnecting } });
  return asked && asked.sub !== request.identity.sub ? "wrong-account" : null;
}

/** Where an account stands with what the answer brought and what is stored already. */
function statusAfter(tokens: ExchangedTokens, stored: string | null): AccountStatus {
  if (!mayReadMail(tokens.scopes)) return { state: "NEEDS_CONSENT", cause: "scope-missing" };
  const usable = tokens.refreshToken ?? stored;
  return usable === null ? { state: "NEEDS_CONSENT", cause: "no-refresh-token" } : { state: "ACTIVE" };
}

/** The refresh token at hand. One that no key opens any more is dropped: this exchange may bring another. */
async function storedRefreshToken(tx: Transaction, accountId: AccountId): Promise<string | null> {
  try {
    return (await readCredential(tx, env().TOKEN_KEYS, accountId))?.refreshToken ?? null;
  } catch (error) {
    if (!doesNotOpen(error)) throw error;
    log.error(
      { accountId },
      "a stored credential does not open with TOKEN_KEYS; it was dropped at a reconnect",
    );
    await discardCredential(tx, accountId);
    // What the lost key has sealed is noise: mail is brought in anew.
    await forgetMailbox(tx, accountId);
    return null;
  }
}

async function createAccount(
  tx: Transaction,
  request: ConnectRequest,
  status: AccountStatus,
): Promise<Account> {
  const { identity, currentUserId } = request;
  const owner = currentUserId ?? ((await createUser(tx, identity)).id as UserId);
  const { sub, email, name } = identity;
  const cause = "cause" in status ? status.cause : null;
  const account = await tx.account.create({
    data: { userId: owner, sub, email, name, state: status.state, cause, lastRefreshedAt: new Date() },
  });
  const accountId = account.id as AccountId;
  const actor = { id: owner, email };
  await recordEvent(tx, { action: "account-connected", actor, accountId, target: email, status });
  return account;
}

function createUser(tx: Transaction, { name, email, emailVerified, hd }: GoogleIdentity): Promise<UserRow> {
  return tx.user.create({ data: { name, email, emailVerified, hd } });
}

/** An account that was here before: names and addresses may have changed at Google; the `sub` has not. */
async function reconnect(
  tx: Transaction,
  known: Account,
  { identity }: ConnectRequest,
  status: AccountStatus,
) {
  const { name, email, emailVerified, hd } = identity;
  const account = await tx.account.update({
    where: { id: known.id },
    data: { email, name, unansweredSince: null, unansweredAt: null, lastRefreshedAt: new Date() },
  });
  // The person is known by the account they first came with.
  await tx.user.updateMany({
    where: { id: known.userId, email: known.email },
    data: { name, email, emailVerified, hd },
  });
  const action = status.state === "ACTIVE" ? "account-reconnected" : "account-needs-consent";
  const actor = { id: known.userId as UserId, email };
  await changeAccountState(tx, status, { action, actor, accountId: known.id as AccountId });
  return account;
}

/** Whoever has just connected looks at the first page; the jobs leave it a moment, and then go on by themselves. */
const firstLookMs = 3_000;

async function bringMailIn(tx: Transaction, accountId: AccountId): Promise<void> {
  await wantMailJob(tx, { task: "sync-mailbox", accountId });
  await wantMailJob(tx, { task: "fill-mailbox", accountId, delayMs: firstLookMs });
}

/** Stores the answer's tokens; an answer without a refresh token leaves the stored one where it is. */
async function keepTokens(tx: Transaction, account: Account, tokens: ExchangedTokens): Promise<void> {
  const { refreshToken, refreshTokenExpiresInSeconds } = tokens;
  await storeGrant(tx, env().TOKEN_KEYS, account.id as AccountId, {
    accessToken: tokens.accessToken,
    accessTokenExpiresAt: inSeconds(tokens.expiresInSeconds),
    scopes: tokens.scopes,
    ...(refreshToken === undefined
      ? {}
      : {
          refreshToken,
          refreshTokenExpiresAt:
            refreshTokenExpiresInSeconds === undefined ? null : inSeconds(refreshTokenExpiresInSeconds),
        }),
  });
}
