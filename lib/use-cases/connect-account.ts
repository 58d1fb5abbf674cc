import "server-only";
import { recordEvent } from "../audit/audit.ts";
import { database, type Transaction } from "../db/client.ts";
import type { Account, User as UserRow } from "../db/generated/client.ts";
import { type AccountStatus, mayReadMail } from "../domain/account.ts";
import type { AccountId } from "../domain/mail.ts";
import type { UserId } from "../domain/people.ts";
import type { SignInProblem } from "../domain/sign-in-problem.ts";
import { env } from "../env.ts";
import { statusOf } from "../vault/account-status.ts";
import { readCredential, storeGrant } from "../vault/credential-store.ts";
import { lockAccountOf } from "../vault/lock-account.ts";
import { type GoogleIdentity, mayEnter } from "./admission.ts";
import { changeAccountState } from "./change-account-state.ts";

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
  /** Who is signed in while connecting; null for a sign-in. */
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
  const admission = { allowedDomains: env().ALLOWED_DOMAINS, allowedEmails: env().ALLOWED_EMAILS };
  if (!mayEnter(identity, admission)) return { connected: false, refusal: "not-allowed" };
  return database().$transaction(async (tx) => {
    // Two tabs that sign the same person in at once must not make two of them.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`connect:${identity.sub}`}, 0))`;
    await lockAccountOf(tx, identity.sub);
    const known = await tx.account.findUnique({ where: { sub: identity.sub } });
    const refusal = (known && refuseKnown(known, request)) ?? (await refuseReconnect(tx, request));
    if (refusal) return { connected: false, refusal };
    const account = known ?? (await createAccount(tx, request));
    if (known) await renewIdentity(tx, known, identity);
    const status = await keepTokens(tx, account, request.tokens);
    await noteConnected(tx, account, status, known !== null);
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

async function createAccount(tx: Transaction, { identity, currentUserId }: ConnectRequest): Promise<Account> {
  const owner = currentUserId ?? ((await createUser(tx, identity)).id as UserId);
  return tx.account.create({
    data: { userId: owner, sub: identity.sub, email: identity.email, name: identity.name, state: "ACTIVE" },
  });
}

function createUser(tx: Transaction, { name, email, emailVerified }: GoogleIdentity): Promise<UserRow> {
  return tx.user.create({ data: { name, email, emailVerified } });
}

/** Names and addresses change at Google; the `sub` does not. */
async function renewIdentity(tx: Transaction, known: Account, identity: GoogleIdentity): Promise<void> {
  const { name, email, emailVerified } = identity;
  await tx.account.update({ where: { id: known.id }, data: { email, name } });
  // The person is known by the account they first came with.
  await tx.user.updateMany({
    where: { id: known.userId, email: known.email },
    data: { name, email, emailVerified },
  });
}

/** Stores the answer's tokens, keeping a usable refresh token when the answer brought none. */
async function keepTokens(
  tx: Transaction,
  account: Account,
  tokens: ExchangedTokens,
): Promise<AccountStatus> {
  const accountId = account.id as AccountId;
  const stored = await readCredential(tx, env().TOKEN_KEYS, accountId);
  const { refreshToken, refreshTokenExpiresInSeconds } = tokens;
  await storeGrant(tx, env().TOKEN_KEYS, accountId, {
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
  if (!mayReadMail(tokens.scopes)) return { state: "NEEDS_CONSENT", cause: "scope-missing" };
  const usable = refreshToken ?? stored?.refreshToken ?? null;
  return usable === null ? { state: "NEEDS_CONSENT", cause: "no-refresh-token" } : { state: "ACTIVE" };
}

async function noteConnected(tx: Transaction, account: Account, status: AccountStatus, known: boolean) {
  const accountId = account.id as AccountId;
  const actor = { id: account.userId as UserId, email: account.email };
  await tx.account.update({
    where: { id: account.id },
    data: { unansweredSince: null, unansweredAt: null, lastRefreshedAt: new Date() },
  });
  if (!known) {
    await recordEvent(tx, { action: "account-connected", actor, accountId, target: account.email, status });
    const cause = "cause" in status ? status.cause : null;
    await tx.account.update({ where: { id: account.id }, data: { state: status.state, cause } });
    return;
  }
  if (status.state === "ACTIVE" && statusOf(account).state === "ACTIVE") return;
  const action = status.state === "ACTIVE" ? "account-reconnected" : "account-needs-consent";
  await changeAccountState(tx, status, { action, actor, accountId });
}
