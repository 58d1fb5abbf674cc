import "server-only";
import { recordEvent } from "../../audit/audit.ts";
import { database, type Transaction } from "../../db/client.ts";
import type { Account, Tombstone, User as UserRow } from "../../db/generated/client.ts";
import { type AccountStatus, mayReadMail } from "../../domain/account.ts";
import { accountIdOf, userIdOf } from "../../domain/ids.ts";
import type { AccountId } from "../../domain/mail.ts";
import { env } from "../../env.ts";
import { moveCopyHead } from "../../mailbox/copy-head.ts";
import { enqueueMailJob } from "../../queue/mail-jobs.ts";
import { log } from "../../telemetry/log.ts";
import { type Credential, doesNotOpen, lackingKey, readCredential } from "../../vault/credential-store.ts";
import { lockAccountOf } from "../../vault/lock-account.ts";
import { statusNow } from "./account-status.ts";
import { pinAdmin } from "./admin-pins.ts";
import { type GoogleIdentity, mayEnterHere } from "./admission.ts";
import { changeAccountState } from "./change-account-state.ts";
import { discardSealed } from "./discard-sealed.ts";
import { type ExchangedTokens, keepTokens } from "./keep-tokens.ts";
import { noteIdentity } from "./note-identity.ts";
import { type Connecting, lockConnecting, type Refusal, refuseConnecting } from "./refuse-connecting.ts";
import { suspendNotAdmitted } from "./suspend-not-admitted.ts";
import { earlierConnections, formerOwner } from "./tombstones.ts";

export interface ConnectRequest extends Connecting {
  readonly tokens: ExchangedTokens;
}

export type ConnectOutcome =
  | {
      readonly connected: true;
      readonly accountId: AccountId;
      readonly status: AccountStatus;
      /** Nothing was stored: this server lacks the key that the account's data key is wrapped with. */
      readonly keyMissing?: boolean;
    }
  | {
      readonly connected: false;
      readonly refusal: Refusal;
      /** The account that is here already, where the refusal is about one. */
      readonly accountId: AccountId | null;
    };

/**
 * After every exchange, new account or old: judges who it is, then stores what Google gave, in one transaction.
 * A refusal stores nothing.
 */
export async function connectAccount(request: ConnectRequest): Promise<ConnectOutcome> {
  const outcome = await connectOrSay(request);
  if (!("sealed" in outcome)) return outcome;
  log.error(
    { event: "account.sealed.dropped", ...outcome },
    "what is stored of an account does not open; it is dropped at a reconnect",
  );
  await discardSealed(outcome.sealed);
  const again = await connectOrSay(request);
  if ("sealed" in again) throw new Error("What is stored of an account does not open, and came back.");
  return again;
}

/** In one transaction. @returns the outcome, or the account whose sealed values do not open and are to be dropped first */
function connectOrSay(request: ConnectRequest): Promise<ConnectOutcome | { readonly sealed: AccountId }> {
  const { identity } = request;
  return database().$transaction(async (tx) => {
    // Two tabs that sign the same person in at once must not make two of them.
    await lockConnecting(tx, identity.sub);
    await lockAccountOf(tx, identity.sub);
    const known = await tx.account.findUnique({ where: { sub: identity.sub } });
    const knownId = known && accountIdOf(known.id);
    const earlier = known ? [] : await earlierConnections(tx, identity.sub);
    const refusal = await refuseConnecting(tx, request, known, earlier);
    if (refusal) return { connected: false, refusal, accountId: knownId };
    if (known && !mayEnterHere(identity)) return letSeeWhatIsLeft(tx, known, identity);
    let stored: OpenGrant = null;
    if (known) {
      const found = await storedGrant(tx, known);
      if (found === "key-missing") return letInAsItIs(tx, known, identity);
      if (found === "does-not-open") return { sealed: accountIdOf(known.id) };
      stored = found;
    }
    const status = statusAfter(request.tokens, stored);
    const account = known
      ? await reconnect(tx, known, request, status)
      : await createAccount(tx, request, status, earlier);
    const accountId = accountIdOf(account.id);
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
  const accountId = accountIdOf(known.id);
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
  const accountId = accountIdOf(known.id);
  await noteIdentity(tx, known, identity);
  if (known.maySignIn) await pinAdmin(tx, accountId, identity);
  return { connected: true, accountId, status: statusNow(known), keyMissing: true };
}

/** Where an account stands with what the answer brought and what is stored already. */
function statusAfter(tokens: ExchangedTokens, stored: OpenGrant): AccountStatus {
  if (!mayReadMail(tokens.scopes)) return { state: "NEEDS_CONSENT", cause: "scope-missing" };
  const usable = tokens.refreshToken ?? stored?.refreshToken ?? null;
  return usable === null ? { state: "NEEDS_CONSENT", cause: "no-refresh-token" } : { state: "ACTIVE" };
}

type OpenGrant = Pick<Credential, "refreshToken"> | null;

/** The stored grant, or why it does not open. A dead one is not worth waiting for its key. */
async function storedGrant(
  tx: Transaction,
  { id, state }: Account,
): Promise<OpenGrant | "key-missing" | "does-not-open"> {
  try {
    return await readCredential(tx, env().TOKEN_KEYS, accountIdOf(id));
  } catch (error) {
    if (doesNotOpen(error)) return "does-not-open";
    if (lackingKey(error) === null) throw error;
    return state === "NEEDS_CONSENT" ? "does-not-open" : "key-missing";
  }
}

async function createAccount(
  tx: Transaction,
  request: ConnectRequest,
  status: AccountStatus,
  earlier: readonly Tombstone[],
): Promise<Account> {
  const { identity, currentUserId } = request;
  const owner =
    currentUserId ?? userIdOf((await formerOwner(tx, earlier)) ?? (await createUser(tx, identity)).id);
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
  const accountId = accountIdOf(account.id);
  const [last] = earlier;
  const actor = { id: owner, email };
  await recordEvent(tx, {
    action: "account-connected",
    actor,
    accountId,
    target: email,
    status,
    ...(last ? { earlier: accountIdOf(last.accountId) } : {}),
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
  const actor = { id: userIdOf(known.userId), email: identity.email };
  await changeAccountState(tx, status, { action, actor, accountId: accountIdOf(known.id) });
  return account;
}

/** How long jobs leave the quota to somebody who has just connected and looks at their first page, in ms. */
const firstLookMs = 3_000;

async function bringMailIn(tx: Transaction, accountId: AccountId): Promise<void> {
  // Gmail's notifications ended with the earlier grant.
  await moveCopyHead(tx, accountId, { watchAskedAt: null });
  await enqueueMailJob(tx, { task: "sync-mailbox", accountId });
  await enqueueMailJob(tx, { task: "fill-mailbox", accountId, delayMs: firstLookMs });
}
