import "server-only";
import { recordEvent } from "../audit/audit.ts";
import { database, type Transaction } from "../db/client.ts";
import type { Account, Tombstone, User as UserRow } from "../db/generated/client.ts";
import { type AccountStatus, mayReadMail } from "../domain/account.ts";
import type { AccountId } from "../domain/mail.ts";
import type { UserId } from "../domain/people.ts";
import { env } from "../env.ts";
import { forgetMailbox } from "../mailbox/forget-mailbox.ts";
import { moveMirror } from "../mailbox/mirror.ts";
import { log } from "../telemetry/log.ts";
import {
  type Credential,
  discardCredential,
  doesNotOpen,
  lackingKey,
  readCredential,
  storeGrant,
} from "../vault/credential-store.ts";
import { lockAccountOf } from "../vault/lock-account.ts";
import { pinAdmin } from "./accounts/admins.ts";
import { lockConnecting } from "./accounts/lock-connecting.ts";
import { noteIdentity } from "./accounts/note-identity.ts";
import { type Connecting, type Refusal, refuseConnecting } from "./accounts/refuse-connecting.ts";
import { statusNow } from "./accounts/status-now.ts";
import { suspendNotAdmitted } from "./accounts/suspend-not-admitted.ts";
import { earlierConnections, formerOwner } from "./accounts/tombstones.ts";
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

export interface ConnectRequest extends Connecting {
  readonly tokens: ExchangedTokens;
}

export type ConnectOutcome =
  | { readonly connected: true; readonly accountId: AccountId; readonly status: AccountStatus }
  | {
      readonly connected: false;
      readonly refusal: Refusal;
      /** The account that is here already, where the refusal is about one. */
      readonly accountId: AccountId | null;
    };

const inSeconds = (seconds: number): Date => new Date(Date.now() + seconds * 1000);

/**
 * After every exchange, new account or old: judges who it is, then stores what Google gave, in one transaction.
 * A refusal stores nothing.
 */
export async function connectAccount(request: ConnectRequest): Promise<ConnectOutcome> {
  const { identity } = request;
  return database().$transaction(async (tx) => {
    // Two tabs that sign the same person in at once must not make two of them.
    await lockConnecting(tx, identity.sub);
    await lockAccountOf(tx, identity.sub);
    const known = await tx.account.findUnique({ where: { sub: identity.sub } });
    const knownId = known && (known.id as AccountId);
    const earlier = known ? [] : await earlierConnections(tx, identity.sub);
    const refusal = await refuseConnecting(tx, request, known, earlier);
    if (refusal) return { connected: false, refusal, accountId: knownId };
    if (known && !mayEnterHere(identity)) return letSeeWhatIsLeft(tx, known, identity);
    const stored = knownId && (await storedGrant(tx, knownId));
    if (stored === "key-missing") return letInAsItIs(tx, known as Account, identity);
    const status = statusAfter(request.tokens, stored);
    const account = known
      ? await reconnect(tx, known, request, status)
      : await createAccount(tx, request, status, earlier);
    const accountId = account.id as AccountId;
    if (account.maySignIn) await pinAdmin(tx, accountId, identity);
    await keepTokens(tx, account, request.tokens);
    await bringMailIn(tx, accountId);
    return { connected: true, accountId, status };
  });
}

/**
 * Somebody whom the lists do not admit any more comes in far enough to see what is still kept of them, and to take it
 * back. What Google gave now is not stored.
 */
async function letSeeWhatIsLeft(
  tx: Transaction,
  known: Account,
  identity: GoogleIdentity,
): Promise<ConnectOutcome> {
  const accountId = known.id as AccountId;
  await noteIdentity(tx, known, identity);
  await suspendNotAdmitted(tx, accountId);
  return { connected: true, accountId, status: { state: "SUSPENDED", cause: "not-admitted" } };
}

/** What is stored is still good, and this server only lacks the key to it: it is not replaced by what came now. */
async function letInAsItIs(
  tx: Transaction,
  known: Account,
  identity: GoogleIdentity,
): Promise<ConnectOutcome> {
  await noteIdentity(tx, known, identity);
  return { connected: true, accountId: known.id as AccountId, status: statusNow(known) };
}

/** Where an account stands with what the answer brought and what is stored already. */
function statusAfter(tokens: ExchangedTokens, stored: Exclude<StoredGrant, "key-missing">): AccountStatus {
  if (!mayReadMail(tokens.scopes)) return { state: "NEEDS_CONSENT", cause: "scope-missing" };
  const usable = tokens.refreshToken ?? stored?.refreshToken ?? null;
  return usable === null ? { state: "NEEDS_CONSENT", cause: "no-refresh-token" } : { state: "ACTIVE" };
}

type StoredGrant = Pick<Credential, "refreshToken"> | "key-missing" | null;

/** The grant at hand. One that no key opens any more is dropped: this exchange may bring another. */
async function storedGrant(tx: Transaction, accountId: AccountId): Promise<StoredGrant> {
  try {
    return await readCredential(tx, env().TOKEN_KEYS, accountId);
  } catch (error) {
    if (lackingKey(error) !== null) return "key-missing";
    if (!doesNotOpen(error)) throw error;
    log.error(
      { accountId },
      "a stored credential was altered and does not open; it was dropped at a reconnect",
    );
    await discardCredential(tx, accountId);
    // What its data key has sealed is noise: mail is brought in anew.
    await forgetMailbox(tx, accountId);
    return null;
  }
}

async function createAccount(
  tx: Transaction,
  request: ConnectRequest,
  status: AccountStatus,
  earlier: readonly Tombstone[],
): Promise<Account> {
  const { identity, currentUserId } = request;
  const owner = (currentUserId ??
    (await formerOwner(tx, earlier)) ??
    (await createUser(tx, identity)).id) as UserId;
  const { sub, email, emailVerified, name, hd } = identity;
  const cause = "cause" in status ? status.cause : null;
  const account = await tx.account.create({
    data: {
      userId: owner,
      sub,
      email,
      emailVerified,
      name,
      hd,
      // A further account opens its own mailbox, and nothing else of its owner's until they say so.
      maySignIn: currentUserId === null,
      state: status.state,
      cause,
      lastRefreshedAt: new Date(),
    },
  });
  const accountId = account.id as AccountId;
  const [last] = earlier;
  const actor = { id: owner, email };
  await recordEvent(tx, {
    action: "account-connected",
    actor,
    accountId,
    target: email,
    status,
    ...(last ? { earlier: last.accountId as AccountId } : {}),
  });
  return account;
}

function createUser(tx: Transaction, { name, email }: GoogleIdentity): Promise<UserRow> {
  return tx.user.create({ data: { name, email } });
}

/** An account that is here: names and addresses may have changed at Google; the `sub` has not. */
async function reconnect(
  tx: Transaction,
  known: Account,
  { identity }: ConnectRequest,
  status: AccountStatus,
) {
  await noteIdentity(tx, known, identity);
  const account = await tx.account.update({
    where: { id: known.id },
    data: {
      unansweredSince: null,
      unansweredAt: null,
      clientRefusedSince: null,
      clientRefusal: null,
      lastRefreshedAt: new Date(),
    },
  });
  const action = status.state === "ACTIVE" ? "account-reconnected" : "account-needs-consent";
  const actor = { id: known.userId as UserId, email: identity.email };
  await changeAccountState(tx, status, { action, actor, accountId: known.id as AccountId });
  return account;
}

/** Whoever has just connected looks at the first page; the jobs leave it a moment, and then go on by themselves. */
const firstLookMs = 3_000;

async function bringMailIn(tx: Transaction, accountId: AccountId): Promise<void> {
  // Notifications ended with the grant before this one.
  await moveMirror(tx, accountId, { watchAskedAt: null });
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
